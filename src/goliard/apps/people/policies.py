"""Who may see and change people and contacts."""

from __future__ import annotations

from goliard.rules.access.actor import Actor


def may_read_people(actor: Actor) -> bool:
    """The office, faculty officers and auditors: those who write to partners or check who did."""
    return actor.reads_office


def may_edit_people(actor: Actor, row: object = None) -> bool:
    """The office."""
    return actor.is_office


def may_take_feed(actor: Actor) -> bool:
    """The office takes in what the student system tells."""
    return actor.is_office
