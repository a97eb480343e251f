"""The decisions of the National Agency, partnership by partnership, and the award that makes projects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goliard.apps.content.services.awarding import award_application
from goliard.apps.funding.choices import FlowStage, Outcome
from goliard.apps.funding.models import Award, ExpressionOfInterest, PartnershipDecision, ProjectApplication
from goliard.apps.funding.policies import may_edit_funding, may_read_funding
from goliard.apps.funding.queries.applications import partnerships_of
from goliard.apps.funding.queries.budgets import budget_of
from goliard.apps.funding.queries.interests import interests
from goliard.apps.funding.services.decisions import DecisionWords, record_decision
from goliard.apps.institutions.refusals import Refused
from goliard.apps.projects.models import AwardedProject
from goliard.portals.office.money import EuroField
from goliard.portals.office.registers.editing import sentences
from goliard.portals.office.registers.fields import DateInput
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.lifecycles.transition import TransitionRefused


class DecisionForm(forms.Form):
    """What the letter says of one partnership: outcome, score, amount, and a number for each flow that was applied for."""

    outcome = forms.ChoiceField(label=_("outcome"), choices=Outcome.choices)
    score = forms.IntegerField(label=_("score"), min_value=0, max_value=100, required=False)
    amount_cents = EuroField(label=_("awarded amount in euros"), required=False)
    decided_on = forms.DateField(label=_("decided on"), widget=DateInput)
    note = forms.CharField(label=_("what the National Agency says"), max_length=1000, required=False)

    def __init__(self, interest: ExpressionOfInterest, data: Any = None) -> None:
        self.asked = [flow for flow in interest.flows.all() if flow.stage == FlowStage.APPLICATION]
        granted = {flow.position: flow.count for flow in interest.flows.all() if flow.stage == FlowStage.AWARDED}
        stored = PartnershipDecision.objects.filter(interest=interest).first()
        names = ("outcome", "score", "amount_cents", "decided_on", "note")
        super().__init__(data, initial={name: getattr(stored, name) for name in names} if stored else {})
        for flow in self.asked:
            label = f"{flow.get_direction_display()}, {flow.get_kind_display()}: {_now('awarded of')} {flow.count}"
            initial = granted.get(flow.position, 0) if stored else flow.count
            self.fields[f"flow_{flow.pk}"] = forms.IntegerField(label=label, min_value=0, max_value=999, initial=initial)

    def words(self) -> DecisionWords:
        """Return what was filled in."""
        given = self.cleaned_data
        return DecisionWords(
            Outcome(given["outcome"]), given["score"], given["amount_cents"] or 0,
            {flow.pk: given[f"flow_{flow.pk}"] for flow in self.asked}, given["note"], given["decided_on"],
        )  # fmt: skip


class AwardForm(forms.Form):
    """The grant agreement."""

    number = forms.CharField(label=_("project number"), max_length=60)
    awarded_on = forms.DateField(label=_("awarded on"), widget=DateInput)


@door(may_read_funding)
def decisions(request: ActorRequest, pk: int) -> HttpResponse:
    """Every partnership with what was asked and decided; the award, and the projects that it made."""
    application = get_object_or_404(ProjectApplication.objects.select_related("call__action"), call_id=pk)
    rows = partnerships_of(application.call)
    decided = {each.interest_id: each for each in PartnershipDecision.objects.filter(interest__in=rows)}
    made = {
        each.decision_id: each.project for each in AwardedProject.objects.filter(decision__in=decided.values()).select_related("project")
    }
    lines = [
        {
            "interest": row,
            "asked": budget_of(row, FlowStage.APPLICATION).cents,
            "decision": decided.get(row.pk),
            "granted": sum(flow.count for flow in row.flows.all() if flow.stage == FlowStage.AWARDED),
            "planned": sum(flow.count for flow in row.flows.all() if flow.stage == FlowStage.APPLICATION),
            "project": made.get(decided[row.pk].pk) if row.pk in decided else None,
        }
        for row in rows
    ]
    context = {
        "call": application.call,
        "application": application,
        "lines": lines,
        "award": Award.objects.filter(application=application).first(),
        "form": AwardForm(),
        "may_edit": may_edit_funding(request.actor),
    }
    return render(request, "office/calls_desk/decisions.html", context)


@door(may_edit_funding)
def partnership_decision(request: ActorRequest, pk: int) -> HttpResponse:
    """The decision on one partnership."""
    interest = get_object_or_404(interests().prefetch_related("flows"), pk=pk)
    form, faults = DecisionForm(interest, request.POST if request.method == "POST" else None), []
    if form.is_valid():
        try:
            record_decision(interest=interest, words=form.words(), actor=request.actor, now=timezone.now())
        except (Refused, ProjectApplication.DoesNotExist) as refused:
            faults = sentences(refused) if isinstance(refused, Refused) else [_now("There is no application.")]
        else:
            messages.success(request, _now("The decision is recorded."))
            return redirect("office:call-decisions", pk=interest.call_id)
    context = {"interest": interest, "form": form, "faults": faults, "asked": budget_of(interest, FlowStage.APPLICATION).cents}
    return render(request, "office/calls_desk/decision.html", context, status=422 if faults or form.errors else 200)


@require_POST
@door(may_edit_funding)
def award(request: ActorRequest, pk: int) -> HttpResponse:
    """Record the award: projects are made, and the news item is drafted."""
    application = get_object_or_404(ProjectApplication.objects.select_related("call"), call_id=pk)
    form = AwardForm(request.POST)
    if not form.is_valid():
        messages.error(request, _now("Fill in the project number and the date."))
        return redirect("office:call-decisions", pk=pk)
    try:
        award_application(application=application, **form.cleaned_data, actor=request.actor, now=timezone.now())
    except (Refused, TransitionRefused) as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _now("Awarded: the projects are made as drafts, and the news item is drafted."))
    return redirect("office:call-decisions", pk=pk)
