"""Who may see the state of the network, and decide about notifications."""

from __future__ import annotations

from goliard.rules.access.actor import Actor, Role


def may_read_network(actor: Actor) -> bool:
    """The office and auditors."""
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR)


def may_decide_notifications(actor: Actor, row: object = None) -> bool:
    """The office, about every notification."""
    return actor.is_office
