"""Agreements that end: what was decided about them, and the draft that renews one."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction

from goliard.apps.agreements.choices import AgreementState, ReviewDecision, VersionState
from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementReview, AgreementVersion
from goliard.apps.agreements.queries.versions import version_in_force
from goliard.apps.agreements.services.agreements import copy_condition
from goliard.apps.agreements.services.searching import key_agreement
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.agreements.notice import same_day_later
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def decide_renewal(*, agreement: Agreement, decision: ReviewDecision, because: str, actor: Actor, now: datetime) -> AgreementReview:
    """Keep what was decided about an agreement in effect, and why. Raises Refused without an evaluation, or when it is not in effect."""
    locked = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if locked.state != AgreementState.IN_EFFECT:
        raise Refused([_NOT_IN_EFFECT])
    if not because.strip():
        raise Refused([Reason("because", Text("Schrijf op waarom.", "Write down why."), field="because")])
    review = AgreementReview.objects.create(
        agreement=locked, decision=decision, because=because.strip()[:4000], decided_at=now, decided_by=actor.id
    )
    record(actor=actor, verb="decide-renewal", subject=locked, now=now, details={"decision": decision, "because": review.because})
    return review


@transaction.atomic
def renew_agreement(*, agreement: Agreement, actor: Actor, now: datetime) -> Agreement:
    """Make the draft that renews an agreement in effect: the same parties and conditions, for as long again from the day after its end.

    Nothing is signed in it yet and it has no id in the network. Raises Refused when the agreement is not in effect, has no dates, or a
    renewal is being made already.
    """
    locked = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    version = version_in_force(locked)
    if locked.state != AgreementState.IN_EFFECT or version is None:
        raise Refused([_NOT_IN_EFFECT])
    if locked.starts_on is None or locked.ends_on is None:
        raise Refused([Reason("dates", Text("De begin- of einddatum ontbreekt.", "The start or end date is missing."), field="ends_on")])
    if (open_one := locked.renewals.exclude(state=AgreementState.ENDED).first()) is not None:
        said = Text(f"De verlenging is er al: {open_one.title}.", f"The renewal is there already: {open_one.title}.")
        raise Refused([Reason("renewal-open", said)])
    renewal = _successor(locked, locked.starts_on, locked.ends_on)
    _copy_text(version, renewal, years=renewal.starts_on.year - locked.starts_on.year if renewal.starts_on else 0)
    record(actor=actor, verb="renew", subject=renewal, now=now, details={"renews": locked.pk, "key": renewal.key})
    record(actor=actor, verb="begin-renewal", subject=locked, now=now, details={"renewal": renewal.pk})
    return renewal


_NOT_IN_EFFECT = Reason(
    "not-in-effect",
    Text("Alleen een overeenkomst die van kracht is kan worden verlengd.", "Only an agreement in effect can be renewed."),
)


def _successor(old: Agreement, starts: date, ends: date) -> Agreement:
    begins = ends + timedelta(days=1)
    months = (begins.year - starts.year) * 12 + begins.month - starts.month
    renewal = Agreement.objects.create(
        key=_free_key(f"{old.key[:70]}-{begins.year}"),
        kind=old.kind,
        state=AgreementState.DRAFT,
        title=old.title,
        owner=old.owner,
        starts_on=begins,
        ends_on=same_day_later(begins, months) - timedelta(days=1),
        notice_months=old.notice_months,
        renews=old,
        tolerance=old.tolerance,
        note=old.note,
        is_illustrative=old.is_illustrative,
        is_public=old.is_public,
    )
    parties = [
        AgreementParty(
            agreement=renewal, organisation=each.organisation, unit=each.unit, position=each.position,
            signatory_name=each.signatory_name, signatory_function=each.signatory_function,
        )
        for each in old.parties.select_related("organisation", "unit")
    ]  # fmt: skip
    AgreementParty.objects.bulk_create(parties)
    key_agreement(agreement=renewal, parties=parties)
    renewal.save(update_fields=["search_key"])
    return renewal


def _copy_text(version: AgreementVersion, renewal: Agreement, *, years: int) -> None:
    draft = AgreementVersion.objects.create(
        agreement=renewal, number=1, state=VersionState.DRAFT, terms_nl=version.terms_nl, terms_en=version.terms_en
    )
    for condition in version.conditions.prefetch_related("subjects", "languages", "splits"):
        copied = copy_condition(condition, draft)
        copied.first_year, copied.last_year = (
            str(parse_academic_year(year).shifted(years)) for year in (copied.first_year, copied.last_year)
        )
        copied.save(update_fields=["first_year", "last_year"])


def _free_key(wanted: str) -> str:
    """Return the key, or with the first number that makes it free."""
    taken = set(Agreement.objects.filter(key__startswith=wanted).values_list("key", flat=True))
    number = 1
    while (key := wanted if number == 1 else f"{wanted}-{number}") in taken:
        number += 1
    return key
