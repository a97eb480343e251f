"""Who may see and change rates."""

from __future__ import annotations

from goliard.rules.access.actor import Actor


def may_read_rates(actor: Actor) -> bool:
    """The office, faculty officers and auditors."""
    return actor.reads_office


def may_edit_rates(actor: Actor) -> bool:
    """Rates hold for the whole institution: its office changes them."""
    return actor.is_office
