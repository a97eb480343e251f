"""Who may see and change the register."""

from __future__ import annotations

from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.rules.access.actor import Actor


def may_read_register(actor: Actor) -> bool:
    """The office, faculty officers and auditors."""
    return actor.reads_office


def may_edit_register(actor: Actor, row: object = None) -> bool:
    """Organisations, networks and countries serve the whole institution: its office changes them."""
    return actor.is_office


def may_edit_unit(actor: Actor, unit: OrganizationalUnit) -> bool:
    """The office, and a faculty officer a unit of the own faculty."""
    return actor.is_office or (unit.pk is not None and actor.covers(frozenset({unit.pk})))


def may_remove_organisation(actor: Actor, organisation: Organisation) -> bool:
    """The office; the home institution stays, whoever asks."""
    return actor.is_office and not organisation.is_home
