"""Ask referees for a recommendation, by a link of their own; the applicant sees who was asked, never what was written."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from goliard.apps.applications.policies import may_write_applications
from goliard.apps.institutions.refusals import Refused
from goliard.apps.scoring.services.recommendations import ask_recommendation
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.shared.words import sentences
from goliard.portals.student.audience import lead
from goliard.portals.student.finding import find_own


@door(may_write_applications)
def recommendations(request: ActorRequest, public_id: str) -> HttpResponse:
    """Who was asked, and a form to ask another."""
    arrived = arrived_at(request)
    application = find_own(request, public_id)
    if not application.round.recommendations:
        raise Http404
    faults: list[str] = []
    if request.method == "POST":
        try:
            ask_recommendation(
                application=application, referee=_line(request, "referee")[:200], email=_line(request, "email")[:250],
                page=lambda secret: request.build_absolute_uri(reverse("partner:recommendation", args=[secret])), actor=request.actor,
                now=arrived,
            )  # fmt: skip
        except Refused as refused:
            faults = sentences(refused.reasons)
        else:
            messages.success(request, _("Asked. The referee gets a letter with a link."))
            return lead(request, "recommendations", public_id=public_id)
    asked = list(application.recommendations.all())
    context = {
        "application": application, "round": application.round, "asked": asked, "faults": faults,
        "more": len(asked) < application.round.recommendations, "referee": request.POST.get("referee", ""),
        "email": request.POST.get("email", ""),
    }  # fmt: skip
    return render(request, "student/recommendations.html", context, status=422 if faults else 200)


def _line(request: ActorRequest, name: str) -> str:
    """A line as somebody typed it, without what no keyboard types and no database keeps."""
    return "".join(character for character in request.POST.get(name, "") if character.isprintable())
