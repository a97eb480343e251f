"""Answers about agreements: our copies, our approvals, our numbers, the signed document; and notifications about the partner's."""

from __future__ import annotations

from django.core.files.storage import default_storage

from goliard.apps.agreements.models import IiaApproval, IiaPublication
from goliard.apps.agreements.queries.network import approvals_for, versions_in_network
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
from goliard.ewp_node.publishing import Published, published

#: The institution of the network's statistics portal, which alone may ask for numbers about all our partners.
STATISTICS = "stats.erasmuswithoutpaper.eu"


def iias_get(inquiry: Inquiry) -> Reply:
    """Our copies by id; unknown ones, and those with others, are left out."""
    asked = inquiry.parameters.repeated("iia_id", at_most=MOST_IIAS, required=True)
    partner = inquiry.partner()
    if partner is None:
        return Reply(join_iias_get(()))
    versions = versions_in_network(partner=partner).filter(
        agreement__parties__organisation__is_home=True, agreement__parties__iia_id__in=asked
    )
    found = [each.publication for each in published(versions, inquiry.now) if each.publication.iia_id in asked]
    return Reply(join_iias_get(publication.xml.encode() for publication in found))


def iias_index(inquiry: Inquiry) -> Reply:
    """The ids of our copies with the requester, narrowed by academic year and by the moment of the last change."""
    years = inquiry.parameters.academic_years()
    since = inquiry.parameters.modified_since()
    partner = inquiry.partner()
    found = [] if partner is None else published(versions_in_network(partner=partner), inquiry.now)
    if since is not None:
        found = [each for each in found if each.changed_at >= since.replace(microsecond=0)]
    if years:
        found = [each for each in found if any(_holds_in(each, year) for year in years)]
    return Reply(render_iias_index(each.publication.iia_id for each in found))


def _holds_in(each: Published, year: str) -> bool:
    return any(condition.first_year <= year <= condition.last_year for condition in each.version.conditions.all())


def iias_stats(inquiry: Inquiry) -> Reply:
    """How many agreements we offer, and how many of the partners' copies we approved; for the statistics portal only.

    Approvals by partners are not known yet: this node receives notifications of them and does not ask.
    """
    if inquiry.hei_id != STATISTICS:
        raise NotPermitted("statistics are for the network's statistics portal")
    offered = {each.version.agreement_id: each.publication for each in published(versions_in_network(), inquiry.now)}
    approved = sum(_is_approved_by_us(publication) for publication in offered.values())
    return Reply(render_iias_stats(IiaStatistics(len(offered), 0, approved, 0)))


def _is_approved_by_us(publication: IiaPublication) -> bool:
    approvals = IiaApproval.objects.filter(copy__our_iia_id=publication.iia_id).select_related("copy")
    return any(approval.iia_hash == approval.copy.iia_hash for approval in approvals)


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
    """The signed document of an agreement with the requester, by the hash of its bytes."""
    file_id = inquiry.parameters.single("file_id", required=True)
    partner = inquiry.partner()
    versions = versions_in_network(partner=partner).filter(document__sha256=file_id) if partner else ()
    for version in versions:
        if version.document is not None:
            with default_storage.open(version.document.storage_name, "rb") as stream:
                return Reply(stream.read(), content_type=version.document.content_type)
    raise BadParameters("there is no such file for you")
