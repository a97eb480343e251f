"""Who may see and change programmes, calls, priorities, policy documents, and expressions of interest."""

from __future__ import annotations

from goliard.apps.funding.models import ExpressionOfInterest, ScoringSheet
from goliard.rules.access.actor import Actor, Role


def may_read_funding(actor: Actor) -> bool:
    """The office, faculty officers and auditors."""
    return actor.reads_office


def may_edit_funding(actor: Actor, row: object = None) -> bool:
    """Calls and what they rest on hold for the whole institution: its office changes them."""
    return actor.is_office


def may_propose(actor: Actor) -> bool:
    """Staff propose projects; the office and faculty officers may too. Students cannot ask for money of a call."""
    return actor.has(Role.STAFF, Role.FACULTY_OFFICER, Role.OFFICER, Role.ADMINISTRATOR)


def may_see_interest(actor: Actor, interest: ExpressionOfInterest) -> bool:
    """Its writers, the office and auditors; a faculty officer those of their units."""
    if actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR) or _writes(actor, interest):
        return True
    return interest.unit_id is not None and actor.covers(frozenset({interest.unit_id}))


def may_edit_interest(actor: Actor, interest: ExpressionOfInterest) -> bool:
    """Its writers, while it is a draft."""
    return may_propose(actor) and interest.state == "draft" and _writes(actor, interest)


def may_submit_interest(actor: Actor, interest: ExpressionOfInterest) -> bool:
    """The applicant. What was submitted may be asked for again: the answer is the receipt."""
    return may_propose(actor) and interest.owner.actor_id == actor.id


def may_withdraw_interest(actor: Actor, interest: ExpressionOfInterest) -> bool:
    """The applicant, until an application rests on it or it was refused."""
    return may_submit_interest(actor, interest) and interest.state in {"draft", "submitted", "selected"}


def _writes(actor: Actor, interest: ExpressionOfInterest) -> bool:
    if interest.owner.actor_id == actor.id:
        return True
    return any(each.user is not None and each.user.actor_id == actor.id for each in interest.co_applicants.select_related("user"))


def may_score(actor: Actor, sheet: ScoringSheet) -> bool:
    """Its reviewer, who sees no other sheet."""
    return may_propose(actor) and sheet.reviewer.actor_id == actor.id


def may_see_sheet(actor: Actor, sheet: ScoringSheet, own: ScoringSheet | None) -> bool:
    """Reviewers are blind to each other: who reviews the same proposal sees another's sheet once both are handed in; the office at once."""
    if sheet.reviewer.actor_id == actor.id:
        return True
    if own is not None:
        return own.submitted_at is not None and sheet.submitted_at is not None
    return actor.reads_office


def may_edit_partnership(actor: Actor, interest: ExpressionOfInterest) -> bool:
    """The office, and the writers of a selected interest."""
    return interest.state == "selected" and (actor.is_office or (may_propose(actor) and _writes(actor, interest)))
