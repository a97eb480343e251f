"""Special-category data: declared with consent, taken back at any time, read by few and never without a trace."""

from __future__ import annotations

from datetime import date, datetime
from typing import IO

from django.db import transaction
from django.utils.timezone import localdate

from goliard.apps.accounts.models import User
from goliard.apps.applications.choices import Assessment, Ground
from goliard.apps.applications.models import Application, OpportunityDeclaration, SpecialDataReader
from goliard.apps.applications.services.documents import ASKED_MEGABYTES, ASKED_TYPES, refuse_unfit
from goliard.apps.applications.services.locking import locked, locked_open
from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.services import delete_file, store_file
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.values.retention import RetentionClass
from goliard.rules.values.texts import Reason, Text

APPLICANT = Actor("system:applicant")  # the journal says that somebody declared something, and not who
KIND = "applications.opportunitydeclaration"
NO_CONSENT = Reason(
    "declaration.consent",
    Text("Zonder je toestemming bewaren we dit niet.", "Without your consent we do not keep this."),
    field="consent",
)


@transaction.atomic
def declare_opportunity(
    *,
    application: Application,
    ground: Ground,
    explanation: str,
    has_consented: bool,
    actor: Actor,
    now: datetime,
    evidence: IO[bytes] | None = None,
) -> OpportunityDeclaration:
    """Keep a declaration, or change it; it then waits for its assessment again. The journal knows neither who nor what.

    Raises Refused without consent, for what is late, and for evidence that is no PDF, JPEG or PNG of at most 10 MB.
    """
    row = locked_open(application, now)
    if not has_consented:
        raise Refused([NO_CONSENT])
    declaration = OpportunityDeclaration.objects.filter(application=row).first() or OpportunityDeclaration(application=row)
    old = None
    if evidence is not None:
        refuse_unfit(evidence, ASKED_TYPES, ASKED_MEGABYTES)
        old = declaration.evidence
        name = f"evidence-{declaration.public_id}"  # the journal shows names of files: this one tells nothing
        declaration.evidence = store_file(
            stream=evidence, name=name, purpose=Purpose.EVIDENCE, retention=RetentionClass.APPLICATION, actor=APPLICANT, now=now
        )
    declaration.ground, declaration.explanation = ground.value, explanation.strip()[:5000]
    declaration.consented_at, declaration.assessment, declaration.assessed_at = now, Assessment.OPEN, None
    declaration.full_clean()
    declaration.save()
    if old is not None:
        delete_file(stored=old, actor=APPLICANT, now=now, reason="replaced by the applicant")
    record(actor=APPLICANT, verb="declare-opportunity", subject=(KIND, str(declaration.public_id)), now=now)
    return declaration


@transaction.atomic
def withdraw_declaration(*, application: Application, actor: Actor, now: datetime) -> None:
    """Take the declaration and its evidence back, at any time: both are gone. Places that were given stay given."""
    row = locked(application)
    declaration = OpportunityDeclaration.objects.filter(application=row).select_related("evidence").first()
    if declaration is None:
        return
    evidence, public_id = declaration.evidence, declaration.public_id
    declaration.delete()
    if evidence is not None:
        delete_file(stored=evidence, actor=APPLICANT, now=now, reason="taken back by the applicant")
    record(actor=APPLICANT, verb="withdraw-declaration", subject=(KIND, str(public_id)), now=now)


@transaction.atomic
def read_declaration(*, application: Application, actor: Actor, now: datetime) -> OpportunityDeclaration | None:
    """Return the declaration for somebody of the office to read; the reading is in the journal. None where there is none."""
    declaration = OpportunityDeclaration.objects.filter(application=application).select_related("evidence").first()
    if declaration is not None:
        record(actor=actor, verb="read-declaration", subject=(KIND, str(declaration.public_id)), now=now)
    return declaration


@transaction.atomic
def assess_declaration(*, application: Application, is_recognised: bool, actor: Actor, now: datetime) -> OpportunityDeclaration:
    """Recognise a declaration or not. Raises OpportunityDeclaration.DoesNotExist where it was taken back meanwhile."""
    row = locked(application)
    declaration = OpportunityDeclaration.objects.get(application=row)
    declaration.assessment = Assessment.RECOGNISED if is_recognised else Assessment.REFUSED
    declaration.assessed_at = now
    declaration.save(update_fields=["assessment", "assessed_at"])
    record(actor=actor, verb="assess-declaration", subject=(KIND, str(declaration.public_id)), now=now)
    return declaration


@transaction.atomic
def name_special_data_reader(*, user: User, reason: str, actor: Actor, now: datetime, valid_until: date | None = None) -> SpecialDataReader:
    """Let an account read declarations from today. Raises ValidationError without a reason."""
    reader = SpecialDataReader(user=user, reason=reason.strip(), valid_from=localdate(now), valid_until=valid_until)
    reader.full_clean()
    reader.save()
    record(actor=actor, verb="name-special-data-reader", subject=user, now=now, reason=reader.reason)
    return reader


@transaction.atomic
def end_special_data_reader(*, reader: SpecialDataReader, actor: Actor, now: datetime) -> None:
    """End it: the account reads no declaration any more from this moment on."""
    row = SpecialDataReader.objects.select_for_update(of=("self",)).select_related("user").get(pk=reader.pk)
    record(actor=actor, verb="end-special-data-reader", subject=row.user, now=now, details={"since": row.valid_from})
    row.delete()
