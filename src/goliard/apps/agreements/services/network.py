"""Agreements in the network: give our copy its id, and keep what was published."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.models import Agreement, AgreementParty, AgreementVersion, IiaPublication
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
