"""Who may see, ask and decide scholarships."""

from __future__ import annotations

from goliard.apps.grants.models import Scholarship
from goliard.rules.access.actor import Actor, Role


def may_read_scholarships(actor: Actor) -> bool:
    """The office and auditors: what a student asks for is nobody else's business."""
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR)


def may_decide_scholarships(actor: Actor, row: object = None) -> bool:
    """The office."""
    return actor.is_office


def may_ask_scholarship(actor: Actor) -> bool:
    """Students, for themselves."""
    return actor.has(Role.STUDENT)


def may_see_scholarship(actor: Actor, scholarship: Scholarship) -> bool:
    """Who asked for it, the office and auditors."""
    return may_read_scholarships(actor) or may_hold_scholarship(actor, scholarship)


def may_hold_scholarship(actor: Actor, scholarship: Scholarship) -> bool:
    """Whether the actor's account is that of the person who asked."""
    account = getattr(scholarship.person, "account", None)
    return account is not None and account.actor_id == actor.id
