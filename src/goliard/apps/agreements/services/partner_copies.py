"""Partners' copies of agreements: kept as they were pulled, byte for byte, and known to be gone when they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.models import AgreementParty, PartnerIia
from goliard.apps.agreements.queries.mapping import was_ever_mutual
from goliard.apps.agreements.services.network import CopyText
from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.apps.institutions.models import Organisation
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor


@dataclass(frozen=True, slots=True)
class CopyReading:
    """What a partner's copy says, as far as it can be read: the canonical text of its conditions, and what is wrong with its bytes."""

    content: str = ""
    iia_code: str = ""
    in_effect: bool | None = None
    is_approvable: bool = True
    faults: tuple[str, ...] = ()
    signed_by: str = ""
    pdf_file: str = ""


@transaction.atomic
def receive_iia(
    *,
    partner: Organisation,
    iia_id: str,
    our_iia_id: str,
    text: CopyText,
    is_as_declared: bool,
    actor: Actor,
    now: datetime,
    reading: CopyReading | None = None,
) -> PartnerIia:
    """Keep a partner's copy as it was pulled; an earlier copy is replaced, what was approved of it stays with the approval."""
    row = PartnerIia.objects.select_for_update().filter(organisation=partner, iia_id=iia_id).first()
    is_changed = row is None or row.xml != text.xml or row.gone_at is not None
    row = row or PartnerIia(organisation=partner, iia_id=iia_id)
    row.our_iia_id, row.xml, row.iia_hash, row.hashed_text = our_iia_id, text.xml, text.iia_hash, text.hashed_text
    row.is_as_declared, row.pulled_at, row.gone_at = is_as_declared, now, None
    read = reading or CopyReading()
    row.content, row.iia_code, row.in_effect = read.content, read.iia_code[:120], read.in_effect
    row.is_approvable, row.faults, row.signed_by = read.is_approvable, list(read.faults), read.signed_by
    if row.pdf_file != read.pdf_file[:64]:
        row.pdf_file, row.document = read.pdf_file[:64], None
    row.changed_at = now if is_changed else row.changed_at
    row.save()
    if is_changed:
        record(actor=actor, verb="receive-iia", subject=row, now=now, details={"iia_id": iia_id, "hash": text.iia_hash})
    return row


@transaction.atomic
def note_iia_gone(*, copy: PartnerIia, actor: Actor, now: datetime) -> PartnerIia:
    """Note that a partner no longer has a copy. Ours stops naming it, unless both ever approved: then the partner must not remove it."""
    locked = PartnerIia.objects.select_for_update().get(pk=copy.pk)
    if locked.gone_at is not None:
        return locked
    locked.gone_at = locked.pulled_at = now
    locked.save(update_fields=["gone_at", "pulled_at"])
    record(actor=actor, verb="lose-iia", subject=locked, now=now, details={"iia_id": locked.iia_id})
    for party in AgreementParty.objects.filter(organisation=locked.organisation_id, iia_id=locked.iia_id).select_related("agreement"):
        if not was_ever_mutual(party.agreement):
            party.iia_id = ""
            party.save(update_fields=["iia_id"])
            outdate_copies(agreements=[party.agreement_id])
            record(actor=actor, verb="unmap-iia", subject=party.agreement, now=now, reason="gone", details={"iia_id": locked.iia_id})
    return locked
