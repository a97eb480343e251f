"""Who may see the state of the network."""

from __future__ import annotations

from goliard.rules.access.actor import Actor, Role


def may_read_network(actor: Actor) -> bool:
    """The office and auditors."""
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR)
