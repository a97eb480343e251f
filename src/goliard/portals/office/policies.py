"""Who may open the office at all; what one may do there, each app's own policies say."""

from __future__ import annotations

from goliard.rules.access.actor import Actor


def may_open_office(actor: Actor) -> bool:
    """The office, faculty officers (for what is theirs) and auditors (to read)."""
    return actor.reads_office
