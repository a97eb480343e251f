"""Who may write, see and manage applications, and who may read what is special."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from goliard.apps.accounts.queries import account_of
from goliard.apps.applications.models import Application, ManagerApproval, SpecialDataReader
from goliard.apps.institutions.models.dated import holding
from goliard.apps.rounds.models import Round
from goliard.rules.access.actor import Actor, Role


def may_apply(actor: Actor) -> bool:
    """Students."""
    return actor.has(Role.STUDENT)


def may_apply_as_staff(actor: Actor) -> bool:
    """Members of staff, whoever of them works for the office too."""
    return actor.has(Role.STAFF)


def may_write_applications(actor: Actor) -> bool:
    """Students, and members of staff: each in the rounds that are for them."""
    return may_apply(actor) or may_apply_as_staff(actor)


def may_open_applications(actor: Actor) -> bool:
    """Who may write applications, and the office for those that came on paper."""
    return may_write_applications(actor) or actor.is_office or actor.has(Role.FACULTY_OFFICER)


def may_write_application(actor: Actor, application: Application) -> bool:
    """The applicant, nobody else: the office gives more time or asks, and writes in somebody's name only what came on paper."""
    return may_manage_application(actor, application) if application.is_on_paper else may_act_as_applicant(actor, application)


def may_open_application(actor: Actor, application: Application) -> bool:
    """The applicant, and who types what came on paper."""
    return may_act_as_applicant(actor, application) or may_write_application(actor, application)


def may_act_as_applicant(actor: Actor, application: Application) -> bool:
    """Whether it is the actor's own, in a round that is for them."""
    allowed = may_apply_as_staff(actor) if application.round.is_for_staff else may_apply(actor)
    return allowed and _is_own(actor, application)


def may_answer_approvals(actor: Actor) -> bool:
    """Whoever may be somebody's line manager: members of staff, and the office."""
    return actor.has(Role.STAFF, Role.OFFICER, Role.FACULTY_OFFICER, Role.ADMINISTRATOR)


def may_answer_approval(actor: Actor, approval: ManagerApproval) -> bool:
    """The line manager whose address the account has; nobody answers for themselves."""
    user = account_of(actor)
    own = getattr(approval.application.person, "account", None)
    return may_answer_approvals(actor) and user is not None and user.email == approval.email and user != own


def may_see_application(actor: Actor, application: Application) -> bool:
    """The applicant; the office and auditors; a faculty officer those of the own units and of rounds that the faculty runs."""
    if actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR):
        return True
    return may_act_as_applicant(actor, application) or actor.covers(_units(application))


def may_read_applications(actor: Actor) -> bool:
    """The office, faculty officers (their part of the list) and auditors."""
    return actor.reads_office


def may_manage_application(actor: Actor, application: Application) -> bool:
    """The office; a faculty officer for the own units: ask for a document, give more time, withdraw on request."""
    return actor.is_office or actor.covers(_units(application))


def may_manage_round_letters(actor: Actor, round: Round) -> bool:
    """Who runs the round: the office, or the faculty that owns it."""
    return actor.is_office or (round.owner_id is not None and actor.covers(frozenset({round.owner_id})))


def visible_applications(actor: Actor, rows: QuerySet[Application, Any]) -> QuerySet[Application, Any]:
    """Return those of `rows` that the actor may see in lists."""
    if actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR):
        return rows
    units = frozenset().union(*(grant.units or frozenset() for grant in actor.grants if grant.role is Role.FACULTY_OFFICER))
    own = Q(enrolment__unit_id__in=units) | Q(appointment__unit_id__in=units) | Q(round__owner_id__in=units)
    return rows.filter(own) if units else rows.none()


def may_read_declarations(actor: Actor, day: date) -> bool:
    """Only accounts that an administrator named for it, while that holds; no role is enough, not even the administrator's own."""
    readers = SpecialDataReader.objects.filter(holding(day)).select_related("user")
    return actor.reads_office and any(reader.user.actor_id == actor.id for reader in readers)


def may_name_readers(actor: Actor) -> bool:
    """Administrators name who may read declarations."""
    return actor.has(Role.ADMINISTRATOR)


def _is_own(actor: Actor, application: Application) -> bool:
    account = getattr(application.person, "account", None)
    return account is not None and account.actor_id == actor.id


def _units(application: Application) -> frozenset[int]:
    units = {application.round.owner_id, application.standing.unit_id if application.standing else None}
    return frozenset(unit for unit in units if unit is not None)
