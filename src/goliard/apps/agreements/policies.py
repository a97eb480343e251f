"""Who may see and change agreements."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goliard.apps.agreements.models import Agreement
from goliard.rules.access.actor import Actor, Role


def may_read_agreements(actor: Actor) -> bool:
    """The office, faculty officers and auditors."""
    return actor.reads_office


def may_add_agreement(actor: Actor) -> bool:
    """The office, and faculty officers for their own faculty."""
    return actor.is_office or actor.has(Role.FACULTY_OFFICER)


def may_edit_agreement(actor: Actor, agreement: Agreement) -> bool:
    """The office every agreement; a faculty officer those that the own faculty runs."""
    return actor.is_office or (agreement.owner_id is not None and actor.covers(frozenset({agreement.owner_id})))


def visible_as_own(actor: Actor, agreements: QuerySet[Agreement, Any]) -> QuerySet[Agreement, Any]:
    """Narrow agreements to those the actor answers for: all for the office and auditors, those their faculty runs for faculty officers."""
    if actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR):
        return agreements
    units = {unit for grant in actor.grants if grant.role is Role.FACULTY_OFFICER for unit in grant.units or ()}
    return agreements.filter(owner__in=units)


def may_edit_counts(actor: Actor, row: object = None) -> bool:
    """Counts and fact sheets serve the whole institution: its office changes them."""
    return actor.is_office


def may_import_agreements(actor: Actor) -> bool:
    """An import writes agreements of every faculty at once: the office does that."""
    return actor.is_office


def may_take_signed_document(actor: Actor, agreement: Agreement) -> bool:
    """The office and auditors every one; a faculty officer those of the agreements that the own faculty runs or the whole institution.

    A partner's contact enters by its link, which the partner's page judges.
    """
    if actor.is_office or actor.has(Role.AUDITOR):
        return True
    return actor.has(Role.FACULTY_OFFICER) and (agreement.owner_id is None or actor.covers(frozenset({agreement.owner_id})))


def may_approve_iia(actor: Actor, agreement: Agreement | None = None) -> bool:
    """Approving and mapping in the network binds the institution: its office does that, for every agreement."""
    return actor.is_office
