"""Find a round or a run of it for an actor: 404 where there is none, 403 where it is another's; and tell refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404

from goliard.apps.institutions.refusals import Refused
from goliard.apps.placement.models import PlacementRun
from goliard.apps.placement.policies import may_place, may_see_round_placement
from goliard.apps.rounds.models import Round
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.lifecycles.transition import TransitionRefused


def seen_round(request: ActorRequest, pk: int) -> Round:
    """Return a round whose placement the actor may see."""
    found: Round = get_object_or_404(Round.objects.select_related("owner"), pk=pk)
    refuse_unless(may_see_round_placement(request.actor, found))
    return found


def own_round(request: ActorRequest, pk: int) -> Round:
    """Return a round in which the actor may place."""
    found = seen_round(request, pk)
    refuse_unless(may_place(request.actor, found))
    return found


def seen_run(request: ActorRequest, pk: int) -> PlacementRun:
    """Return a run that the actor may see."""
    found: PlacementRun = get_object_or_404(PlacementRun.objects.select_related("round__owner", "follows"), pk=pk)
    refuse_unless(may_see_round_placement(request.actor, found.round))
    return found


def own_run(request: ActorRequest, pk: int) -> PlacementRun:
    """Return a run that the actor may adopt or publish."""
    found = seen_run(request, pk)
    refuse_unless(may_place(request.actor, found.round))
    return found


def done(request: ActorRequest, act: Callable[[], Any], words: str = "") -> Any:
    """Do it and say so; where it is refused say every reason and return None."""
    try:
        result = act()
    except (Refused, TransitionRefused) as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
        return None
    if words:
        messages.success(request, words)
    return result
