"""Who may see and change programmes, calls, priorities and policy documents."""

from __future__ import annotations

from goliard.rules.access.actor import Actor


def may_read_funding(actor: Actor) -> bool:
    """The office, faculty officers and auditors."""
    return actor.reads_office


def may_edit_funding(actor: Actor, row: object = None) -> bool:
    """Calls and what they rest on hold for the whole institution: its office changes them."""
    return actor.is_office
