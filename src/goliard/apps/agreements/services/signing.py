"""The signed document of a version: the scan, who signed it and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from django.db import transaction

from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.models import AgreementVersion
from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.services import delete_file, store_file
from goliard.apps.documents.sniffing import sniff
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.values.retention import RetentionClass
from goliard.rules.values.texts import Reason, Text

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed for a party, in which function, on which day; an empty day: not signed yet."""

    name: str
    function: str
    signed_on: date | None


@transaction.atomic
def keep_signatures(
    *,
    version: AgreementVersion,
    signatures: Mapping[int, Signature],
    actor: Actor,
    now: datetime,
    today: date,
    stream: IO[bytes] | None = None,
    name: str = "",
) -> AgreementVersion:
    """Keep who signed (by the primary keys of parties) and, where given, the signed document, a PDF of at most 25 MB.

    A document that was there before is deleted; the journal keeps its hash. Raises Refused for a version that was never proposed, a party
    of another agreement, a day to come, a day without a name, or what is no PDF; FileRefused for a file that is too large. Then nothing is
    kept.
    """
    locked = AgreementVersion.objects.select_for_update(of=("self",)).select_related("document").get(pk=version.pk)
    parties = {party.pk: party for party in locked.agreement.parties.select_related("organisation")}
    if reasons := _faults(locked, signatures, set(parties), today):
        raise Refused(reasons)
    for pk, signature in signatures.items():
        party = parties[pk]
        party.signatory_name, party.signatory_function = signature.name.strip()[:200], signature.function.strip()[:200]
        party.signed_on = signature.signed_on
        party.save(update_fields=["signatory_name", "signatory_function", "signed_on"])
    replaced = locked.document
    if stream is not None:
        locked.document = _stored(stream, name, actor, now)
        locked.save(update_fields=["document"])
    if stream is not None and replaced is not None:
        delete_file(stored=replaced, actor=actor, now=now, reason="replaced")
    outdate_copies(agreements=[locked.agreement_id])
    details = {
        "version": locked.number,
        "signed": {parties[pk].organisation.key: str(each.signed_on or "") for pk, each in signatures.items()},
        "document": locked.document.sha256 if stream is not None and locked.document else "",
        "replaced": replaced.sha256 if stream is not None and replaced else "",
    }
    record(actor=actor, verb="keep-signatures", subject=locked.agreement, now=now, details=details)
    return locked


@transaction.atomic
def open_signed_document(*, version: AgreementVersion, actor: Actor, now: datetime) -> StoredFile | None:
    """Return the signed document for who may read it, and note in the journal who took it; None where there is none."""
    if version.document is None:
        return None
    details = {"version": version.number, "document": version.document.sha256}
    record(actor=actor, verb="take-signed-document", subject=version.agreement, now=now, details=details)
    return version.document


def _stored(stream: IO[bytes], name: str, actor: Actor, now: datetime) -> StoredFile:
    if sniff(stream) != PDF:
        raise Refused([Reason("not-pdf", Text("Het getekende document is een PDF.", "The signed document is a PDF."), field="file")])
    return store_file(stream=stream, name=name, purpose=Purpose.EVIDENCE, retention=RetentionClass.RELATION, actor=actor, now=now)


def _faults(version: AgreementVersion, signatures: Mapping[int, Signature], parties: set[int], today: date) -> list[Reason]:
    found = []
    if version.state in {VersionState.DRAFT, VersionState.WITHDRAWN}:
        found.append(Reason("not-proposed", Text("Een concept wordt niet getekend.", "A draft is not signed.")))
    if not set(signatures) <= parties:
        found.append(Reason("foreign-party", Text("Deze partij hoort niet bij de overeenkomst.", "This party is not of the agreement.")))
    if any(each.signed_on and each.signed_on > today for each in signatures.values()):
        found.append(Reason("signed-later", Text("Een datum ligt in de toekomst.", "A date lies in the future."), field="signed_on"))
    if any(each.signed_on and not each.name.strip() for each in signatures.values()):
        found.append(Reason("who", Text("Geef bij elke datum wie tekende.", "Say with every date who signed."), field="signatory_name"))
    return found
