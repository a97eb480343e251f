"""A reviewer's scoring sheet: points for every question with its criteria, or a declared conflict of interest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from goliard.apps.funding.choices import FlowStage, QuestionStage
from goliard.apps.funding.models import ScoringSheet
from goliard.apps.funding.policies import may_propose, may_score, may_see_sheet
from goliard.apps.funding.queries.budgets import budget_of
from goliard.apps.funding.queries.interests import questions_of
from goliard.apps.funding.services.preselection import submit_sheet
from goliard.apps.institutions.refusals import Refused
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.shared.words import sentences


@door(may_propose)
def sheet(request: ActorRequest, pk: int) -> HttpResponse:
    """Read the interest, give points, hand in once."""
    shown = get_object_or_404(ScoringSheet.objects.select_related("interest__call__action", "interest__country", "reviewer"), pk=pk)
    refuse_unless(may_score(request.actor, shown))
    interest = shown.interest
    questions = questions_of(interest.call, QuestionStage.INTEREST)
    given = {question.pk: request.POST.get(f"points_{question.pk}", "") for question in questions}
    faults: list[str] = []
    if request.method == "POST":
        points = {key: int(value) for key, value in given.items() if value.isdecimal() and len(value) < 4}
        try:
            submit_sheet(
                sheet=shown, conflict="conflict" in request.POST, points=points, comment=request.POST.get("comment", "")[:5000],
                actor=request.actor, now=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            faults = sentences(refused.reasons)
        else:
            messages.success(request, _("Your sheet is in. Thank you."))
            return redirect("staff:home")
    answers = {answer.question_id: answer.text for answer in interest.answers.all()}
    context = {
        "sheet": shown,
        "interest": interest,
        "rows": [(question, answers.get(question.pk, ""), given[question.pk]) for question in questions],
        "priorities": interest.priorities.select_related("priority"),
        "flows": [flow for flow in interest.flows.all() if flow.stage == FlowStage.INTEREST],
        "budget": budget_of(interest),
        "faults": faults,
        "others": _others(request, shown),
        "comment": request.POST.get("comment", ""),
    }
    return render(request, "staff/sheet.html", context, status=422 if faults else 200)


def _others(request: ActorRequest, own: ScoringSheet) -> list[ScoringSheet]:
    """The sheets of the other reviewers, as far as this one may see them."""
    rows = own.interest.sheets.exclude(pk=own.pk).select_related("reviewer").prefetch_related("scores__question")
    return [each for each in rows if may_see_sheet(request.actor, each, own)]
