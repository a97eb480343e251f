"""The result of an application: the place and why, until when, and the answer; the waiting lists, and leaving them."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.applications.policies import may_write_applications
from goliard.apps.institutions.refusals import Refused
from goliard.apps.nominations.services.leaving import decline_place
from goliard.apps.placement.policies import may_answer_offer
from goliard.apps.placement.queries.results import Result, result_of
from goliard.apps.placement.services.offers import accept_offer, leave_waiting_lists
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.audience import lead
from goliard.portals.student.finding import find_own, tell
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.values.texts import Reason, Text

OTHER_OFFER = Reason(
    "offer-other",
    Text(
        "Je plaats is intussen veranderd, en er is niets beantwoord. Kijk welke plaats je nu hebt en antwoord dan.",
        "Your place changed meanwhile, and nothing was answered. See which place you have now, then answer.",
    ),
)


@door(may_write_applications)
def result(request: ActorRequest, public_id: str) -> HttpResponse:
    """What came of it, and the one thing to do now."""
    found = _found(request, public_id)
    nomination = getattr(found.offer, "nomination", None) if found.offer else None
    context = {"result": found, "application": found.application, "round": found.application.round, "nomination": nomination}
    return render(request, "student/result.html", context)


@require_POST
@door(may_write_applications)
def answer(request: ActorRequest, public_id: str, word: str) -> HttpResponse:
    """Accept, decline or give back, or leave the waiting lists; the moment that counts is the one at which the request arrived."""
    arrived = arrived_at(request)
    found = _found(request, public_id)
    try:
        words = _answered(request, found, word, arrived)
    except (Refused, TransitionRefused) as refused:
        tell(request, refused)
    else:
        messages.success(request, words)
    return lead(request, "result", public_id=public_id)


def _answered(request: ActorRequest, found: Result, word: str, arrived: datetime) -> str:
    hopes = "hopes" in request.POST
    if word == "leave":
        leave_waiting_lists(application=found.application, actor=request.actor, now=arrived)
        return _("You are on no waiting list any more.")
    if found.offer is None or word not in {"accept", "decline"}:
        raise Http404
    refuse_unless(may_answer_offer(request.actor, found.offer))
    if request.POST.get("offer", "") != str(found.offer.public_id):  # a better one came while the page was open
        raise Refused([OTHER_OFFER])
    if word == "accept":
        accept_offer(offer=found.offer, hopes=hopes, actor=request.actor, now=arrived)
        return _("Accepted. A confirmation is in your mail.")
    decline_place(offer=found.offer, hopes=hopes, actor=request.actor, now=arrived)
    return _("The place is given back. A confirmation is in your mail.")


def _found(request: ActorRequest, public_id: str) -> Result:
    found = result_of(find_own(request, public_id), timezone.now())
    if found is None:
        raise Http404
    return found
