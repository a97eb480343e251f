"""Who runs the scoring of a round, and who scores."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goliard.apps.applications.models import Application
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.policies import may_edit_round, may_read_rounds
from goliard.apps.scoring.choices import SheetState
from goliard.apps.scoring.models import CommitteeSheet
from goliard.rules.access.actor import Actor, Role


def may_see_scoring(actor: Actor) -> bool:
    """Who reads rounds in the office."""
    return may_read_rounds(actor)


def may_see_scores_of(actor: Actor, round: Round) -> bool:
    """The office and auditors every round; a faculty officer those that the own faculty runs."""
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR) or may_edit_round(actor, round)


def may_see_scores(actor: Actor, application: Application) -> bool:
    """Who sees the round's scores, unless the file is shut to them."""
    return may_see_scores_of(actor, application.round) and may_open_file(actor, application)


def may_open_file(actor: Actor, application: Application) -> bool:
    """Everybody but a member who declared a conflict of interest: to them the file stays shut on every screen."""
    return not _shut_to(actor).filter(application=application).exists()


def visible_files(actor: Actor, rows: QuerySet[Application, Any]) -> QuerySet[Application, Any]:
    """Return those of `rows` that are not shut to the actor, in whatever round."""
    return rows.exclude(pk__in=_shut_to(actor).values("application"))


def _shut_to(actor: Actor) -> QuerySet[CommitteeSheet, Any]:
    """The sheets on which the actor declared a conflict of interest."""
    kind, _colon, key = actor.id.partition(":")
    rows = CommitteeSheet.objects.filter(state=SheetState.CONFLICT)
    try:
        return rows.filter(member__user__public_id=UUID(key)) if kind == "user" else rows.none()
    except ValueError:  # a person's own token, or an actor without an account
        return rows.none()


def may_run_scoring(actor: Actor, round: Round) -> bool:
    """Who may change the round: name members, deal applications, correct with a reason."""
    return may_edit_round(actor, round)


def may_sit_on_committees(actor: Actor) -> bool:
    """Staff, faculty officers and the office; which sheets are theirs, `may_hold_sheet` says."""
    return actor.has(Role.STAFF, Role.FACULTY_OFFICER, Role.OFFICER, Role.ADMINISTRATOR)


def may_hold_sheet(actor: Actor, sheet: CommitteeSheet) -> bool:
    """The member to whom the application was dealt, who sees no other sheet; never somebody who applies in the round too."""
    is_own = may_sit_on_committees(actor) and sheet.member.user.actor_id == actor.id and sheet.member.left_at is None
    return is_own and not Application.objects.filter(round=sheet.application.round_id, person__account=sheet.member.user).exists()


def may_read_file(actor: Actor, sheet: CommitteeSheet) -> bool:
    """Its member, after declaring to have no conflict of interest; never with one."""
    return may_hold_sheet(actor, sheet) and sheet.state in {SheetState.READING, SheetState.SUBMITTED}
