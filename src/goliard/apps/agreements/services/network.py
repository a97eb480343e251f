"""Agreements in the network: give our copy its id, keep what was published, keep a partner's copy, approve it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion, IiaApproval, IiaPublication, PartnerIia
from goliard.apps.agreements.queries.network import agreement_named_by
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class CopyText:
    """A copy as bytes of the network: the XML of its `<iia>`, its hash and the text that was hashed."""

    xml: str
    iia_hash: str
    hashed_text: str


@transaction.atomic
def give_iia_id(*, agreement: Agreement, actor: Actor, now: datetime) -> str:
    """Return the id of our copy; where it has none yet, give it an opaque one that was never used.

    Raises Refused where the id that somebody typed is that of another agreement, of today or of the past.
    """
    party = AgreementParty.objects.select_for_update(of=("self",)).get(agreement=agreement, organisation__is_home=True)
    if party.iia_id:
        used = IiaPublication.objects.filter(iia_id=party.iia_id).exclude(agreement=agreement).exists()
        others = AgreementParty.objects.filter(organisation__is_home=True, iia_id=party.iia_id).exclude(pk=party.pk)
        if used or others.exists():
            text = Text("Een ander akkoord heeft dit id in het netwerk.", "Another agreement has this id in the network.")
            raise Refused([Reason("iia-id-used", text, field="iia_id")])
        return party.iia_id
    party.iia_id = str(uuid.uuid4())
    party.save(update_fields=["iia_id"])
    record(actor=actor, verb="give-iia-id", subject=agreement, now=now, details={"iia_id": party.iia_id})
    return party.iia_id


@transaction.atomic
def publish_iia(*, version: AgreementVersion, iia_id: str, text: CopyText, actor: Actor, now: datetime) -> IiaPublication:
    """Keep our copy as it can be read from now on; the same bytes as last time are no new publication."""
    Agreement.objects.select_for_update().get(pk=version.agreement_id)
    newest = IiaPublication.objects.filter(agreement_id=version.agreement_id).first()
    if newest is not None and (newest.version_id, newest.xml) == (version.pk, text.xml):
        return newest
    publication = IiaPublication.objects.create(
        agreement_id=version.agreement_id,
        version=version,
        iia_id=iia_id,
        xml=text.xml,
        iia_hash=text.iia_hash,
        hashed_text=text.hashed_text,
        published_at=now,
    )
    details = {"iia_id": iia_id, "hash": text.iia_hash, "version": version.number}
    record(actor=actor, verb="publish-iia", subject=version.agreement, now=now, details=details)
    return publication


@transaction.atomic
def receive_iia(
    *, partner: Organisation, iia_id: str, our_iia_id: str, text: CopyText, is_as_declared: bool, actor: Actor, now: datetime
) -> PartnerIia:
    """Keep a partner's copy as it was pulled; an earlier copy is replaced, what was approved of it stays with the approval."""
    row = PartnerIia.objects.select_for_update().filter(organisation=partner, iia_id=iia_id).first()
    is_changed = row is None or row.xml != text.xml
    row = row or PartnerIia(organisation=partner, iia_id=iia_id)
    row.our_iia_id, row.xml, row.iia_hash, row.hashed_text = our_iia_id, text.xml, text.iia_hash, text.hashed_text
    row.is_as_declared, row.pulled_at = is_as_declared, now
    row.save()
    if is_changed:
        record(actor=actor, verb="receive-iia", subject=row, now=now, details={"iia_id": iia_id, "hash": text.iia_hash})
    return row


@transaction.atomic
def approve_iia(*, copy: PartnerIia, seen_hash: str, actor: Actor, now: datetime) -> IiaApproval:
    """Approve a partner's copy with the hash that was seen, and keep its XML.

    Raises Refused where the copy changed meanwhile, where the partner declares another hash than that of its text, and where the two
    copies do not name each other.
    """
    locked = PartnerIia.objects.select_for_update().select_related("organisation").get(pk=copy.pk)
    if reasons := _why_not(locked, seen_hash):
        raise Refused(reasons)
    approval, is_new = IiaApproval.objects.get_or_create(
        copy=locked,
        iia_hash=locked.iia_hash,
        defaults={"xml": locked.xml, "hashed_text": locked.hashed_text, "approved_at": now},
    )
    if is_new:
        record(actor=actor, verb="approve-iia", subject=locked, now=now, details={"iia_id": locked.iia_id, "hash": locked.iia_hash})
    return approval


def _why_not(copy: PartnerIia, seen_hash: str) -> list[Reason]:
    reasons = []
    if copy.iia_hash != seen_hash:
        text = Text("De partner heeft zijn kopie intussen gewijzigd.", "The partner has changed its copy meanwhile.")
        reasons.append(Reason("copy-changed", text))
    if not copy.is_as_declared:
        text = Text(
            "De partner geeft een andere hash op dan die van zijn tekst.", "The partner declares another hash than that of its text."
        )
        reasons.append(Reason("hash-differs", text))
    if agreement_named_by(copy.organisation, copy.iia_id, copy.our_iia_id) is None:
        text = Text("De twee kopieën verwijzen nog niet naar elkaar.", "The two copies do not name each other yet.")
        reasons.append(Reason("not-mapped", text))
    return reasons
