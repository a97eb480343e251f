"""Who may see and change rounds."""

from __future__ import annotations

from goliard.apps.rounds.models import Round
from goliard.rules.access.actor import Actor, Role


def may_read_rounds(actor: Actor) -> bool:
    """The office, faculty officers and auditors."""
    return actor.reads_office


def may_add_round(actor: Actor) -> bool:
    """The office, and faculty officers for their own faculty."""
    return actor.is_office or actor.has(Role.FACULTY_OFFICER)


def may_edit_round(actor: Actor, round: Round) -> bool:
    """The office every round; a faculty officer those that the own faculty, or a unit below it, runs."""
    return actor.is_office or (round.owner_id is not None and actor.covers(frozenset({round.owner_id})))
