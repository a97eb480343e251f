"""The application of a call: check, budget by region and category, period, life, and the files of what was submitted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goliard.apps.funding.choices import ApplicationState, ExportKind, FileLanguage
from goliard.apps.funding.exports import RENDER
from goliard.apps.funding.models import FundingCall, ProjectApplication
from goliard.apps.funding.policies import may_edit_funding, may_read_funding
from goliard.apps.funding.queries.applications import findings, told_application, whole_of
from goliard.apps.funding.services.applications import move_application, open_application, plan_period
from goliard.apps.institutions.refusals import Refused
from goliard.portals.office.registers.editing import sentences
from goliard.portals.office.registers.fields import DateInput
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.funding.award_criteria import award_criteria
from goliard.rules.lifecycles.application import APPLICATION
from goliard.rules.lifecycles.transition import TransitionRefused

TYPES = {
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
}
HERE = frozenset({"finalise", "reopen", "submit"})  # the decision has a screen of its own


class PeriodForm(forms.Form):
    """From when to when the project lasts."""

    starts_on = forms.DateField(label=_("project starts on"), required=False, widget=DateInput)
    ends_on = forms.DateField(label=_("project ends on"), required=False, widget=DateInput)


@door(may_read_funding)
def application(request: ActorRequest, pk: int) -> HttpResponse:
    """The whole application."""
    call = get_object_or_404(FundingCall.objects.select_related("action"), pk=pk)
    found = ProjectApplication.objects.filter(call=call).select_related("call__action").first()
    context: dict[str, Any] = {"call": call, "application": found, "may_edit": may_edit_funding(request.actor)}
    if found is not None:
        whole = whole_of(found)
        told = findings(whole)
        context |= {
            "whole": whole,
            "faults_found": [each for each in told if each.is_fault],
            "warned": [each for each in told if not each.is_fault],
            "form": PeriodForm(initial={"starts_on": found.starts_on, "ends_on": found.ends_on}),
            "is_draft": found.state == ApplicationState.DRAFT,
            "moves": [each for each in APPLICATION.open_actions(state=found.state, actor=request.actor) if each.action in HERE],
            "files": found.files.select_related("stored"),
            "criteria": award_criteria(call.action.code, call.year),
            "kinds": ExportKind.values,
            "languages": FileLanguage.choices,
        }
    return render(request, "office/calls_desk/application.html", context)


@require_POST
@door(may_edit_funding)
def begin(request: ActorRequest, pk: int) -> HttpResponse:
    """Begin the application, or take over what was selected since."""
    call = get_object_or_404(FundingCall, pk=pk)
    return _done(request, pk, lambda: open_application(call=call, actor=request.actor, now=timezone.now()))


@require_POST
@door(may_edit_funding)
def period(request: ActorRequest, pk: int) -> HttpResponse:
    """Set the period of the project."""
    found = get_object_or_404(ProjectApplication, call_id=pk)
    form = PeriodForm(request.POST)
    if not form.is_valid():
        messages.error(request, _now("Write both dates as dates."))
        return redirect("office:call-application", pk=pk)
    return _done(request, pk, lambda: plan_period(application=found, **form.cleaned_data, actor=request.actor, now=timezone.now()))


@require_POST
@door(may_edit_funding)
def move(request: ActorRequest, pk: int, action: str) -> HttpResponse:
    """Make final, open again, record as submitted; what counts is when the request arrived."""
    arrived = timezone.now()
    if action not in HERE:
        raise Http404
    language = _language(request.POST.get("language", ""))
    found = get_object_or_404(ProjectApplication, call_id=pk)
    return _done(
        request, pk, lambda: move_application(application=found, action=action, actor=request.actor, now=arrived, language=language)
    )


@door(may_read_funding)
def draft_file(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """The application as it stands now, in one of its forms; nothing of it is kept."""
    if kind not in ExportKind.values:
        raise Http404
    found = get_object_or_404(ProjectApplication.objects.select_related("call__action"), call_id=pk)
    language = _language(request.GET.get("language", "")) or found.language
    body = RENDER[ExportKind(kind)]({**told_application(whole_of(found)), "language": language}, language)
    return _file(body, kind, f"{found.call.key}-draft-{language}.{kind}")


@door(may_read_funding)
def kept_file(request: ActorRequest, pk: int, kind: str) -> HttpResponse:
    """Exactly what was submitted."""
    found = get_object_or_404(ProjectApplication, call_id=pk)
    kept = get_object_or_404(found.files.select_related("stored"), kind=kind)
    with default_storage.open(kept.stored.storage_name) as stream:
        return _file(stream.read(), kind, kept.stored.name)


def _language(asked: str) -> str:
    return asked if asked in FileLanguage.values else ""


def _file(body: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=TYPES[kind])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _done(request: ActorRequest, pk: int, use_case: Callable[[], object]) -> HttpResponse:
    try:
        use_case()
    except (Refused, TransitionRefused) as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _now("Done."))
    return redirect("office:call-application", pk=pk)
