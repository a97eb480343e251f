"""The results of a call: what each project planned, was granted and realised."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.funding.queries.public_calls import icm_call
from goliard.apps.projects.queries.results import results_of
from goliard.portals.public.visits import found, public_page
from goliard.portals.shared.requests import ActorRequest


@public_page
def results(request: ActorRequest, year: int) -> HttpResponse:
    """Numbers and money by project; 404 for a call of which no flows are known."""
    call = found(icm_call(year))
    return render(request, "public/results.html", {"call": call, "results": found(results_of(call))})
