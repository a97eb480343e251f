"""A call at a glance: where it stands, and what the office may open or prepare."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goliard.apps.funding.models import CallStep, FundingCall
from goliard.apps.funding.policies import may_edit_funding, may_read_funding
from goliard.apps.funding.queries.timeline import timeline
from goliard.apps.funding.services.timeline import prepare_call, reopen_step
from goliard.apps.institutions.refusals import Refused
from goliard.apps.projects.models import Project
from goliard.apps.projects.queries.call_money import call_money
from goliard.portals.office.calls_desk.acting import acting
from goliard.portals.office.calls_desk.counted import counted_interests
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest


class ReopenForm(forms.Form):
    """Which step, until when (local time of the step's zone), and why."""

    step = forms.ModelChoiceField(CallStep.objects.none(), label=_("step"))
    until = forms.DateTimeField(
        label=_("open until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    reason = forms.CharField(label=_("reason"), max_length=500)

    def __init__(self, call: FundingCall, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        step = self.fields["step"]
        step.queryset = call.steps.all()  # type: ignore[attr-defined]
        step.label_from_instance = lambda row: row.get_kind_display()  # type: ignore[attr-defined]


@door(may_read_funding)
def desks(request: ActorRequest) -> HttpResponse:
    """The calls that have a timeline or numbers, the latest first."""
    calls = FundingCall.objects.filter(Q(steps__isnull=False) | Q(projects__flows__isnull=False)).distinct().select_related("action")
    others = FundingCall.objects.filter(steps__isnull=True, state__in=["announced", "open"]).exclude(pk__in=calls).select_related("action")
    return render(request, "office/calls_desk/desks.html", {"calls": calls, "others": others})


@door(may_read_funding)
def glance(request: ActorRequest, pk: int) -> HttpResponse:
    """One call."""
    call = get_object_or_404(FundingCall.objects.select_related("action"), pk=pk)
    return _page(request, call, ReopenForm(call), [])


@require_POST
@door(may_edit_funding)
def prepare(request: ActorRequest, pk: int) -> HttpResponse:
    """Give the call the questions of the house, and the steps of the year before."""
    call = get_object_or_404(FundingCall, pk=pk)
    prepare_call(call=call, actor=request.actor, now=timezone.now())
    messages.success(request, _now("Prepared. Look the dates and questions through."))
    return redirect("office:call-desk", pk=pk)


@require_POST
@door(may_edit_funding)
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """Open a step again."""
    call = get_object_or_404(FundingCall.objects.select_related("action"), pk=pk)
    form, faults = ReopenForm(call, request.POST), []
    if form.is_valid():
        step = form.cleaned_data["step"]
        until = form.cleaned_data["until"].replace(tzinfo=ZoneInfo(step.zone))
        try:
            reopen_step(step=step, until=until, reason=form.cleaned_data["reason"], actor=request.actor, now=timezone.now())
        except Refused as refused:
            faults = sentences(refused)
        else:
            messages.success(request, _now("Opened again."))
            return redirect("office:call-desk", pk=pk)
    return _page(request, call, form, faults)


def _page(request: ActorRequest, call: FundingCall, form: ReopenForm, faults: list[str]) -> HttpResponse:
    context = {
        "call": call,
        "timeline": timeline(call, timezone.now()),
        "counted": counted_interests(call),
        "acting": acting(call),
        "projects": Project.objects.filter(call=call, flows__isnull=False).distinct().select_related("closure").order_by("title_en"),
        "money": call_money(call, today=timezone.localdate()),
        "form": form,
        "faults": faults,
        "may_edit": may_edit_funding(request.actor),
        "may_begin": call.state in {"announced", "open"},
        "lacks": call.state in {"announced", "open"} and not (call.questions.exists() and call.steps.exists()),
    }
    return render(request, "office/calls_desk/glance.html", context, status=422 if faults or form.errors else 200)
