"""Where a member of staff lands: my mobility, approvals, calls and proposals, projects, what I review and score."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.timezone import localdate

from goliard.apps.accounts.queries import account_of
from goliard.apps.applications.choices import ApprovalState
from goliard.apps.applications.policies import may_apply_as_staff
from goliard.apps.applications.queries.applications import applications_of, step_of_application
from goliard.apps.applications.queries.approvals import approvals_of_manager
from goliard.apps.funding.choices import CallState, StepKind
from goliard.apps.funding.models import FundingCall
from goliard.apps.funding.policies import may_propose
from goliard.apps.funding.queries.interests import interests_of
from goliard.apps.funding.queries.preselection import open_sheets
from goliard.apps.funding.queries.timeline import step_of
from goliard.apps.projects.queries.coordinated import projects_of
from goliard.apps.rounds.queries.opening import last_moment, open_rounds
from goliard.apps.scoring.queries.committee import sheets_of_member
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.funding.deadlines import lateness


@door(may_propose)
def home(request: ActorRequest) -> HttpResponse:
    """Everything that is mine or waits for me."""
    now = timezone.now()
    calls = FundingCall.objects.filter(state__in=[CallState.ANNOUNCED, CallState.OPEN], steps__kind=StepKind.INTEREST).distinct()
    open_calls = [(call, step_of(call, StepKind.INTEREST)) for call in calls.select_related("action")]
    user = account_of(request.actor)
    context = {
        "interests": interests_of(request.actor),
        "to_score": sheets_of_member(request.actor).exclude(state__in=("submitted", "conflict")).count(),
        "sheets": open_sheets(request.actor.id.removeprefix("user:")),
        "open_calls": [(call, step) for call, step in open_calls if lateness(step, now) is None],
        "waiting": approvals_of_manager(request.actor).filter(state=ApprovalState.ASKED).count(),
        "answered": approvals_of_manager(request.actor).exclude(state=ApprovalState.ASKED).count(),
        "projects": projects_of(user.person, localdate(now)) if user is not None and user.person is not None else [],
        **(_mobility(request) if may_apply_as_staff(request.actor) else {}),
    }
    return render(request, "staff/home.html", context)


def _mobility(request: ActorRequest) -> dict[str, Any]:
    now, user = timezone.now(), account_of(request.actor)
    mine = [row for row in applications_of(user.person if user else None) if row.round.is_for_staff]
    applied = {row.round_id for row in mine}
    return {
        "goes": True,
        "applications": [(row, step_of_application(row, now)) for row in mine],
        "rounds": [(row, last_moment(row)) for row in open_rounds(now) if row.is_for_staff and row.pk not in applied],
    }
