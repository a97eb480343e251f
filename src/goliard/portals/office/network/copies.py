"""One copy of a partner: what it says, what is wrong with it, and to which of our agreements it may belong."""

from __future__ import annotations

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from goliard.apps.agreements.copies import read_canonical
from goliard.apps.agreements.models import Agreement, AgreementParty, PartnerIia
from goliard.apps.agreements.policies import may_approve_iia, may_read_agreements
from goliard.apps.agreements.queries.mapping import pairing_candidates
from goliard.portals.shared.doors import door
from goliard.portals.shared.downloads import sent_file
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.agreements.pairing import pairings
from goliard.rules.agreements.side_by_side import side_by_side

SUGGESTED = 8


@door(may_read_agreements)
def copy(request: ActorRequest, pk: int) -> HttpResponse:
    """A copy with the agreements that it may belong to, the likeliest first, each with the reasons."""
    row = get_object_or_404(PartnerIia.objects.select_related("organisation"), pk=pk)
    content = read_canonical(row.content) if row.content else None
    found = () if content is None else pairings(content, names=row.our_iia_id, code=row.iia_code, candidates=pairing_candidates(row))
    named = Agreement.objects.in_bulk([each.key for each in found[:SUGGESTED]])
    context = {
        "copy": row,
        "mapped": Agreement.objects.filter(
            parties__in=AgreementParty.objects.filter(organisation=row.organisation_id, iia_id=row.iia_id)
        ).first(),
        "sections": side_by_side(None, content),
        "content": content,
        "suggestions": [(named[each.key], each) for each in found[:SUGGESTED]],
        "may_act": may_approve_iia(request.actor),
    }
    return render(request, "office/network/copy.html", context)


@door(may_read_agreements)
def document(_request: ActorRequest, pk: int) -> HttpResponseBase:
    """The partner's document, once it was fetched."""
    row = get_object_or_404(PartnerIia.objects.select_related("document").exclude(document=None), pk=pk)
    stored = row.document
    assert stored is not None
    return sent_file(stored, name=f"{row.iia_code or row.iia_id}.pdf")
