"""Who may see and change rounds."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

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


def visible_as_own(actor: Actor, rounds: QuerySet[Round, Any]) -> QuerySet[Round, Any]:
    """Narrow rounds to those the actor answers for: all for the office and auditors, those their faculty runs for faculty officers."""
    if actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR):
        return rounds
    units = {unit for grant in actor.grants if grant.role is Role.FACULTY_OFFICER for unit in grant.units or ()}
    return rounds.filter(owner__in=units)
