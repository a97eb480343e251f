"""The page of a referee: who asks, for what, and room to write; open by the link of the letter only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goliard.apps.institutions.refusals import Refused
from goliard.apps.scoring.models import Recommendation
from goliard.apps.scoring.services.recommendations import LONGEST, give_recommendation, open_recommendation
from goliard.portals.partner.entrance import guarded
from goliard.portals.shared.doors import anyone, door
from goliard.portals.shared.words import sentences
from goliard.rules.access.actor import Actor


@door(anyone)
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """Read, write, send once."""

    def show(found: Recommendation) -> HttpResponse:
        faults: list[str] = []
        if request.method == "POST":
            try:
                found = give_recommendation(
                    recommendation=found, relation=request.POST.get("relation", ""), text=request.POST.get("text", ""),
                    actor=Actor("anonymous"), now=timezone.now(),
                )  # fmt: skip
            except Refused as refused:
                faults = sentences(refused.reasons)
        context = {
            "recommendation": found, "application": found.application, "round": found.application.round, "faults": faults,
            "text": request.POST.get("text", ""), "relation": request.POST.get("relation", ""), "longest": LONGEST,
        }  # fmt: skip
        return render(request, "partner/recommendation.html", context, status=422 if faults else 200)

    return guarded(request, lambda: open_recommendation(secret=secret, now=timezone.now()), show)
