"""Answers about agreements: our copies, our approvals, our numbers, the signed document; and notifications about the partner's."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.db.models import F, Q

from goliard.apps.agreements.models import IiaApproval, OwnIia
from goliard.apps.agreements.queries.network import approvals_for, approved_by_partners, readable_copies, versions_in_network
from goliard.apps.network.services.notifications import receive_notification
from goliard.ewp_codec.iias.approvals import IiaApproval as Approval
from goliard.ewp_codec.iias.approvals import render_iias_approval
from goliard.ewp_codec.iias.index_response import IiaStatistics, render_iias_index, render_iias_stats
from goliard.ewp_codec.iias.notifications import IIA_APPROVAL_CNR_RESPONSE, IIA_CNR_RESPONSE
from goliard.ewp_codec.iias.publishing import join_iias_get
from goliard.ewp_codec.lexical import IDENTIFIER
from goliard.ewp_codec.request_parameters import BadParameters
from goliard.ewp_node.host.inquiries import Inquiry, NotPermitted, Reply
from goliard.ewp_node.mapping.manifests import MOST_IIAS
from goliard.ewp_node.publishing import bring_up_to_date, readable_by, text_for

#: The institution of the network's statistics portal, which alone may ask for numbers about all our partners.
STATISTICS = "stats.erasmuswithoutpaper.eu"


def iias_get(inquiry: Inquiry) -> Reply:
    """Our copies by id; unknown ones, and those with others, are left out."""
    asked = inquiry.parameters.repeated("iia_id", at_most=MOST_IIAS, required=True)
    found = {iia_id: _text(iia_id, inquiry) for iia_id in asked}
    return Reply(join_iias_get(text for text in found.values() if text is not None))


def _text(iia_id: str, inquiry: Inquiry) -> bytes | None:
    """Return a copy as it was kept; only where there is none, look whether one has to be written."""
    if (text := text_for(iia_id, hei_id=inquiry.hei_id)) is not None:
        return text
    partner = inquiry.partner()
    own = None if partner is None else next((own for own in readable_by(partner, inquiry.now) if own.iia_id == iia_id), None)
    return None if own is None else text_for(iia_id, hei_id=own.partner_hei_id)


def iias_index(inquiry: Inquiry) -> Reply:
    """The ids of our copies with the requester, narrowed by academic year and by the moment of the last change."""
    years = inquiry.parameters.academic_years()
    since = inquiry.parameters.modified_since()
    partner = inquiry.partner()
    found = [] if partner is None else readable_by(partner, inquiry.now)
    if since is not None:
        found = [each for each in found if each.changed_at is None or each.changed_at >= since.replace(microsecond=0)]
    if years:
        found = [each for each in found if any(_holds_in(each, year) for year in years)]
    return Reply(render_iias_index(each.iia_id for each in found))


def _holds_in(own: OwnIia, year: str) -> bool:
    return any(period[:9] <= year <= period[10:] for period in own.years.split())


def iias_stats(inquiry: Inquiry) -> Reply:
    """How many agreements we offer, and how many of them both, only we or only the partners approved as they stand; for the statistics
    portal only."""
    if inquiry.hei_id != STATISTICS:
        raise NotPermitted("statistics are for the network's statistics portal")
    bring_up_to_date(inquiry.now)
    offered = set(readable_copies().values_list("iia_id", flat=True))
    approved = IiaApproval.objects.filter(iia_hash=F("copy__iia_hash"), withdrawn_at=None)
    ours = offered & set(approved.values_list("copy__our_iia_id", flat=True))
    theirs = offered & set(approved_by_partners())
    return Reply(render_iias_stats(IiaStatistics(len(offered), len(theirs - ours), len(ours - theirs), len(ours & theirs))))


def iias_approval(inquiry: Inquiry) -> Reply:
    """Which of the requester's copies we approved, with the hash that we saw; the ids are the requester's."""
    asked = inquiry.parameters.repeated("iia_id", at_most=MOST_IIAS, required=True)
    partner = inquiry.partner()
    found = [] if partner is None else approvals_for(partner=partner, iia_ids=asked)
    return Reply(render_iias_approval(Approval(each.copy.iia_id, each.iia_hash) for each in found))


def iia_cnr(inquiry: Inquiry) -> Reply:
    """The requester says that a copy of its own changed."""
    _receive(inquiry, "iia-cnr")
    return Reply(IIA_CNR_RESPONSE)


def iia_approval_cnr(inquiry: Inquiry) -> Reply:
    """The requester says that it approved a copy of ours."""
    _receive(inquiry, "iia-approval-cnr")
    return Reply(IIA_APPROVAL_CNR_RESPONSE)


def _receive(inquiry: Inquiry, api: str) -> None:
    iia_id = inquiry.parameters.single("iia_id", required=True) or ""
    if not IDENTIFIER.holds(iia_id):
        raise BadParameters("iia_id is no identifier of 1 to 64 printable ASCII characters")
    receive_notification(api=api, hei_id=inquiry.hei_id, subject=iia_id, now=inquiry.now)


def file(inquiry: Inquiry) -> Reply:
    """The document of an agreement with the requester, by the hash of its bytes: the signed one, or else the generated one."""
    file_id = inquiry.parameters.single("file_id", required=True)
    partner = inquiry.partner()
    named = Q(document__sha256=file_id) | Q(document=None, generated__sha256=file_id)
    for version in versions_in_network(partner=partner).filter(named) if partner else ():
        if (document := version.document or version.generated) is not None:
            with default_storage.open(document.storage_name, "rb") as stream:
                return Reply(stream.read(), content_type=document.content_type)
    raise BadParameters("there is no such file for you")
