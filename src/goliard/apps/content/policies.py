"""Who may see and change what the office publishes."""

from __future__ import annotations

from goliard.rules.access.actor import Actor


def may_read_content(actor: Actor) -> bool:
    """The office, faculty officers and auditors, drafts included."""
    return actor.reads_office


def may_edit_content(actor: Actor, row: object = None) -> bool:
    """The office speaks for the institution."""
    return actor.is_office
