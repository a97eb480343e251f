"""When both approved the copies as they stand: the text is agreed, or the agreement ended. And what a partner tells of its approval."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.choices import AgreementState, VersionState
from goliard.apps.agreements.models import Agreement, IiaPublication, OwnIia, PartnerApproval
from goliard.apps.agreements.queries.mapping import current_approval, current_partner_approval, mapped_copy
from goliard.apps.agreements.queries.network import agreement_named_by
from goliard.apps.agreements.services.agreements import seal_version
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor, system


@transaction.atomic
def conclude_iia(*, agreement: Agreement, actor: Actor, now: datetime) -> bool:
    """Seal the proposed text where both approved the copies as they stand, and end the agreement where that text terminates it.

    Return whether something was concluded. Our copy must be up to date: what is marked to be written anew is concluded after that.
    """
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    own = OwnIia.objects.filter(agreement=locked, is_readable=True, is_current=True).select_related("publication__version").first()
    copy = mapped_copy(locked)
    if own is None or own.publication is None or copy is None or copy.gone_at is not None:
        return False
    theirs, ours = current_partner_approval(locked), current_approval(copy)
    version = own.publication.version
    if theirs is None or ours is None or version.state != VersionState.PROPOSED:
        return False
    if agreement_named_by(copy.organisation, copy.iia_id, copy.our_iia_id) != locked:
        return False
    seal_version(version=version, now=now)
    if version.is_terminated:
        locked.state = AgreementState.ENDED
    elif locked.state == AgreementState.PROPOSED:
        locked.state = AgreementState.AGREED
    locked.save(update_fields=["state"])
    verb = "end-agreement" if version.is_terminated else "agree-agreement"
    hashes = {"version": version.number, "ours": theirs.iia_hash, "theirs": ours.iia_hash}
    record(actor=actor, verb=verb, subject=locked, now=now, reason="approved by both in the network", details=hashes)
    return True


@transaction.atomic
def receive_partner_approval(
    *, agreement: Agreement, iia_id: str, told: Mapping[str, str], signed_by: str, now: datetime
) -> PartnerApproval | None:
    """Keep what a partner answers about our copy: `told` maps the hash that it approved to its answer; empty, it approved none (any more).

    Returns the approval, None where there is none. An approval of a hash that we never published is kept too: it is a fault to be seen.
    """
    actor = system("network")
    locked = Agreement.objects.select_for_update().get(pk=agreement.pk)
    for earlier in PartnerApproval.objects.filter(agreement=locked, iia_id=iia_id, gone_at=None).exclude(iia_hash__in=told):
        earlier.gone_at = now
        earlier.save(update_fields=["gone_at"])
        record(actor=actor, verb="lose-partner-approval", subject=locked, now=now, details={"iia_id": iia_id, "hash": earlier.iia_hash})
    row: PartnerApproval | None = None
    for iia_hash, answer in told.items():
        publication = IiaPublication.objects.filter(agreement=locked, iia_id=iia_id, iia_hash=iia_hash).first()
        row, is_new = PartnerApproval.objects.get_or_create(
            agreement=locked,
            iia_id=iia_id,
            iia_hash=iia_hash,
            defaults={"publication": publication, "answer": answer, "signed_by": signed_by, "received_at": now, "confirmed_at": now},
        )
        if is_new or row.gone_at is not None:
            details = {"iia_id": iia_id, "hash": iia_hash, "is_of_ours": publication is not None}
            record(actor=actor, verb="receive-partner-approval", subject=locked, now=now, details=details)
        row.confirmed_at, row.gone_at = now, None
        row.save(update_fields=["confirmed_at", "gone_at"])
    conclude_iia(agreement=locked, actor=actor, now=now)
    return row
