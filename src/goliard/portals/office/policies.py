"""Who may open the office at all; what one may do there, each app's own policies say."""

from __future__ import annotations

from goliard.rules.access.actor import Actor, Role


def may_open_office(actor: Actor) -> bool:
    """The office, faculty officers (for what is theirs) and auditors (to read)."""
    return actor.reads_office


def may_read_journal(actor: Actor) -> bool:
    """The office and auditors; a faculty officer reads the history of each row instead."""
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR)
