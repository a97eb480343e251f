"""Who may see and decide about letters."""

from __future__ import annotations

from goliard.rules.access.actor import Actor, Role


def may_read_letters(actor: Actor) -> bool:
    """The office and auditors: letters hold names and what was decided about them."""
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR)


def may_decide_letters(actor: Actor, row: object = None) -> bool:
    """The office, about every letter."""
    return actor.is_office
