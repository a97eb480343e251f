"""Who may read lists of nominations, and nominate."""

from __future__ import annotations

from goliard.apps.placement.policies import may_place, may_see_round_placement
from goliard.apps.rounds.models import RoundDestination
from goliard.rules.access.actor import Actor


def may_read_nominations(actor: Actor) -> bool:
    """The office, faculty officers and auditors."""
    return actor.reads_office


def may_see_nominations(actor: Actor, destination: RoundDestination) -> bool:
    """Who may see the placement of the round."""
    return may_see_round_placement(actor, destination.round)


def may_nominate(actor: Actor, destination: RoundDestination) -> bool:
    """Who runs the round."""
    return may_place(actor, destination.round)
