"""Who may place, see what came of it, and answer an offer."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goliard.apps.placement.models import Offer
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.policies import may_edit_round
from goliard.rules.access.actor import Actor, Role


def may_read_placement(actor: Actor) -> bool:
    """The office, faculty officers and auditors."""
    return actor.reads_office


def may_place(actor: Actor, round: Round) -> bool:
    """Run, adopt, publish, offer again, give by hand: who runs the round."""
    return may_edit_round(actor, round)


def may_see_round_placement(actor: Actor, round: Round) -> bool:
    """The office and auditors every round; a faculty officer the rounds that the own faculty runs."""
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR) or may_edit_round(actor, round)


def visible_rounds(actor: Actor, rows: QuerySet[Round, Any]) -> QuerySet[Round, Any]:
    """Return those of `rows` whose placement the actor may see."""
    if actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR):
        return rows
    units = frozenset().union(*(grant.units or frozenset() for grant in actor.grants if grant.role is Role.FACULTY_OFFICER))
    return rows.filter(owner_id__in=units) if units else rows.none()


def may_have_offers(actor: Actor) -> bool:
    """Students, and staff who apply for a mobility."""
    return actor.has(Role.STUDENT, Role.STAFF)


def may_answer_offer(actor: Actor, offer: Offer) -> bool:
    """Only the applicant."""
    account = getattr(offer.application.person, "account", None)
    return account is not None and account.actor_id == actor.id
