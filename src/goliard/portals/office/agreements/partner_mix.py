"""The report of which kinds of partners there are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.policies import may_read_agreements
from goliard.apps.agreements.queries.partner_mix import GOVERNMENT, INDUSTRY, SOCIETY, UNIVERSITY, partner_mix
from goliard.apps.institutions.choices import OrganisationKind
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest

STRANDS = (
    (UNIVERSITY, _("university and research")),
    (INDUSTRY, _("industry")),
    (GOVERNMENT, _("government")),
    (SOCIETY, _("society and others")),
)


@door(may_read_agreements)
def mix(request: ActorRequest) -> HttpResponse:
    """Partners by kind, and by university, industry and government; both add up to all partners."""
    found = partner_mix(localdate())
    total = sum(each.partners for each in found)
    strands = [(label, sum(each.partners for each in found if each.strand == strand)) for strand, label in STRANDS]
    context = {
        "kinds": [(OrganisationKind(each.kind).label, each) for each in found],
        "strands": [(label, number, round(100 * number / total) if total else 0) for label, number in strands],
        "total": total,
        "with_agreement": sum(each.with_agreement for each in found),
        "with_project": sum(each.with_project for each in found),
    }
    return render(request, "office/agreements/partner_mix.html", context)
