"""The call for interest: who may propose, until when, and what is asked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goliard.apps.funding.choices import QuestionStage
from goliard.apps.funding.queries.interests import questions_of
from goliard.apps.funding.queries.public_calls import icm_call, open_to_interest
from goliard.apps.funding.queries.timeline import timeline
from goliard.portals.public.visits import found, public_page
from goliard.portals.shared.requests import ActorRequest


@public_page
def call_for_interest(request: ActorRequest, year: int) -> HttpResponse:
    """The timeline and the questions of a call that is open, or public; 404 for a call without a timeline."""
    call = found(open_to_interest().filter(year=year).first() or icm_call(year))
    lines = found(timeline(call, timezone.now()) or None)
    context = {"call": call, "timeline": lines, "questions": questions_of(call, QuestionStage.INTEREST)}
    return render(request, "public/call_for_interest.html", context)
