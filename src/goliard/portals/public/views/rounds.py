"""Rounds that are open or coming: until when, what is asked, how is scored, and the policy as it was locked, word for word."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Criterion, Round
from goliard.apps.rounds.queries.asked import requirements_of_round
from goliard.apps.rounds.queries.opening import coming_rounds, last_moment, open_rounds
from goliard.portals.public.visits import language, public_page
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.eligibility.facts import Requirements
from goliard.rules.placement.policies import POLICIES


@dataclass(frozen=True, slots=True)
class OpenRound:
    """A round as the public reads it."""

    round: Round
    until: object
    destinations: int
    asked: Requirements
    criteria: list[Criterion]
    policy: str


@public_page
def rounds(request: ActorRequest) -> HttpResponse:
    """Every public round that is open, the next deadline first, and those that open later."""
    now = timezone.now()
    shown = [_told(row) for row in open_rounds(now) if row.is_public]
    return render(request, "public/rounds.html", {"rounds": shown, "coming": [row for row in coming_rounds(now) if row.is_public]})


@public_page
def policy(request: ActorRequest, key: str) -> HttpResponse:
    """The locked policy of a round, byte for byte: its SHA-256 is the hash that the page and the report print."""
    row: Round = get_object_or_404(Round.objects.exclude(state=RoundState.DRAFT), key=key, is_public=True)
    if not row.is_locked:
        raise Http404
    response = HttpResponse(row.policy_text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="policy-{row.key}.json"'
    return response


def _told(row: Round) -> OpenRound:
    known = POLICIES.get(row.policy)
    return OpenRound(
        round=row,
        until=last_moment(row),
        destinations=row.destinations.filter(is_withdrawn=False).count(),
        asked=requirements_of_round(row),
        criteria=list(row.criteria.filter(destination__isnull=True)),
        policy=known.title.in_language(language()) if known else "",
    )
