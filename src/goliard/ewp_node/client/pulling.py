"""Fetch what partners have: copies that they notified, approvals of ours, and whatever a lost notification did not tell.

Every function may be repeated at any point, also after the process was killed: the same answer changes nothing a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from goliard.apps.agreements.models import OwnIia, PartnerIia
from goliard.apps.agreements.queries.network import partner_of
from goliard.apps.agreements.services.concluding import receive_partner_approval
from goliard.apps.agreements.services.network import CopyText
from goliard.apps.agreements.services.network_documents import receive_document
from goliard.apps.agreements.services.partner_copies import note_iia_gone, receive_iia
from goliard.apps.documents.services import FileRefused
from goliard.apps.institutions.models import Organisation
from goliard.apps.network.models import Peer, ReceivedNotification
from goliard.apps.network.services.peers import note_indexed
from goliard.ewp_codec.iias.approvals import IiaApproval, render_iias_approval
from goliard.ewp_codec.iias.get_response import ReceivedIia
from goliard.ewp_node.client.asking import ask
from goliard.ewp_node.client.failures import Broken
from goliard.ewp_node.client.iias import Copies, approvals_of, copies_of, index_of
from goliard.ewp_node.mapping.received import reading_of
from goliard.ewp_node.publishing import NODE
from goliard.ewp_node.trust import catalogue

#: How far back beyond the last look an index is asked, for clocks that differ and changes that were being written.
OVERLAP = timedelta(hours=1)
WHOLE_EVERY = timedelta(days=7)


def present_id(hei_id: str) -> str:
    """Return the id by which the network knows an institution today."""
    return catalogue().renamed(hei_id)


def partner_named(hei_id: str) -> Organisation | None:
    """Return the organisation that the network knows by an id, by this or a former one."""
    hei = catalogue().hei(hei_id)
    former = () if hei is None else tuple(other.value for other in hei.other_ids if other.type == "previous-schac")
    return partner_of((hei_id, *former))


def pull(row: ReceivedNotification, now: datetime) -> None:
    """Fetch what a notification is about; one of a partner that we have nothing with is about nothing. Raises AskingFailed."""
    partner = partner_named(row.hei_id)
    if partner is None:
        return
    if row.api == "iia-cnr":
        pull_copies(partner, row.hei_id, [row.subject], now)
    elif row.api == "iia-approval-cnr":
        pull_approvals(partner, row.hei_id, [row.subject], now)
    elif row.api == "file":
        pull_document(partner, row.hei_id, row.subject, now)


def pull_document(partner: Organisation, hei_id: str, file_id: str, now: datetime) -> None:
    """Fetch the document that copies of a partner name. Raises AskingFailed."""
    for copy in PartnerIia.objects.filter(organisation=partner, pdf_file=file_id, document=None):
        answer = ask(hei_id=present_id(hei_id), api="file", pairs=[("file_id", file_id)])
        try:
            receive_document(copy=copy, content=answer.body, actor=NODE, now=now)
        except FileRefused as refused:
            raise Broken(f"the partner's file is no document: {refused}", 200) from refused


def pull_copies(partner: Organisation, hei_id: str, iia_ids: Sequence[str], now: datetime) -> None:
    """Fetch copies by id and keep them; those that the partner no longer has are marked as gone. Raises AskingFailed."""
    for asked, copies in copies_of(present_id(hei_id), iia_ids):
        found = {received.iia.iia_id for received in copies.iias}
        for received in copies.iias:
            if received.iia.iia_id in asked:
                _keep(partner, received, copies, now)
        for copy in PartnerIia.objects.filter(organisation=partner, iia_id__in=set(asked) - found):
            note_iia_gone(copy=copy, actor=NODE, now=now)


def pull_approvals(partner: Organisation, hei_id: str, iia_ids: Sequence[str], now: datetime) -> None:
    """Ask which of our copies a partner approved, and keep what it says. Raises AskingFailed."""
    ours = {own.iia_id: own.agreement for own in OwnIia.objects.filter(partner=partner, iia_id__in=iia_ids).select_related("agreement")}
    for asked, approvals, answer in approvals_of(present_id(hei_id), sorted(ours)):
        for iia_id in asked:
            told = {each.iia_hash: _evidence(each) for each in approvals if each.iia_id == iia_id}
            receive_partner_approval(agreement=ours[iia_id], iia_id=iia_id, told=told, signed_by=answer.key_id, now=now)


def look_through(peer: Peer, now: datetime) -> int:
    """Look through a partner's index for what no notification told, once a week through all of it; return how many copies were fetched.

    Approvals that we should have heard of are asked for as well. Raises AskingFailed.
    """
    partner = partner_named(peer.hei_id)
    if partner is None:
        return 0
    is_whole = peer.indexed_at is None or peer.indexed_whole_at is None or now - peer.indexed_whole_at >= WHOLE_EVERY
    since = None if is_whole or peer.indexed_at is None else peer.indexed_at - OVERLAP
    offered = index_of(present_id(peer.hei_id), since=since)
    known = PartnerIia.objects.filter(organisation=partner, gone_at=None)
    lost = [copy.iia_id for copy in known.exclude(iia_id__in=offered)] if is_whole else []
    pull_copies(partner, peer.hei_id, [*offered, *lost], now)
    pull_approvals(partner, peer.hei_id, unapproved(partner), now)
    note_indexed(peer=peer, is_whole=is_whole, began_at=now)
    return len(offered)


def unapproved(partner: Organisation) -> list[str]:
    """Return the ids of our copies that a partner can read, whose approval by it we do not know or have not confirmed lately."""
    readable = OwnIia.objects.filter(partner=partner, is_readable=True, agreement__parties__in=partner.agreement_parties.exclude(iia_id=""))
    return list(readable.order_by("iia_id").values_list("iia_id", flat=True).distinct())


def _keep(partner: Organisation, received: ReceivedIia, copies: Copies, now: datetime) -> PartnerIia:
    theirs = received.iia.partners
    ours = theirs[1].iia_id if len(theirs) > 1 else ""
    return receive_iia(
        partner=partner,
        iia_id=received.iia.iia_id,
        our_iia_id=ours[:64],
        text=CopyText(received.xml.decode("utf-8"), received.hashed.hash, received.hashed.text),
        is_as_declared=received.is_as_declared,
        reading=reading_of(received, faults=copies.faults, signed_by=copies.signed_by),
        actor=NODE,
        now=now,
    )


def _evidence(approval: IiaApproval) -> str:
    return render_iias_approval([approval]).decode("utf-8")
