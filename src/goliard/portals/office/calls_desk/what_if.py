"""What-if copies of a plan, side by side with the application, line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goliard.apps.funding.models import PlanCopy, PlanCopyFlow, ProjectApplication
from goliard.apps.funding.policies import may_edit_funding, may_read_funding
from goliard.apps.funding.queries.what_if import side_by_side
from goliard.apps.funding.services.what_if import CopiedNumbers, change_copy, copy_plan, drop_copy
from goliard.apps.institutions.refusals import Refused
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest


class CopiedFlowForm(forms.Form):
    """The numbers of one flow of a copy."""

    count = forms.IntegerField(label=_("number"), min_value=0, max_value=999)
    days = forms.IntegerField(label=_("days each"), min_value=0, max_value=999)
    travel_days = forms.IntegerField(label=_("travel days"), min_value=0, max_value=30)

    def __init__(self, flow: PlanCopyFlow, data: Any = None) -> None:
        initial = {"count": flow.count, "days": flow.days, "travel_days": flow.travel_days}
        super().__init__(data, initial=initial, prefix=f"flow-{flow.pk}")


@door(may_read_funding)
def what_if(request: ActorRequest, pk: int) -> HttpResponse:
    """All plans beside each other."""
    application = get_object_or_404(ProjectApplication.objects.select_related("call__action"), call_id=pk)
    context = {"call": application.call, "plans": side_by_side(application), "may_edit": may_edit_funding(request.actor)}
    return render(request, "office/calls_desk/what_if.html", context)


@require_POST
@door(may_edit_funding)
def copy(request: ActorRequest, pk: int) -> HttpResponse:
    """Copy the plan under a name."""
    application = get_object_or_404(ProjectApplication, call_id=pk)
    name = request.POST.get("name", "")
    return _done(request, pk, lambda: copy_plan(application=application, name=name, actor=request.actor, now=timezone.now()))


@door(may_edit_funding)
def edit_copy(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """The numbers of a copy; a POST changes them, or drops the copy."""
    found = get_object_or_404(PlanCopy.objects.select_related("application__call"), pk=number, application__call_id=pk)
    if request.method == "POST" and "drop" in request.POST:
        return _done(request, pk, lambda: drop_copy(copy=found, actor=request.actor, now=timezone.now()))
    data = request.POST if request.method == "POST" else None
    rows = [(flow, CopiedFlowForm(flow, data)) for flow in found.flows.select_related("interest__country")]
    if data is not None and all(form.is_valid() for _flow, form in rows):
        numbers = {flow.pk: CopiedNumbers(**form.cleaned_data) for flow, form in rows}
        return _done(request, pk, lambda: change_copy(copy=found, numbers=numbers, actor=request.actor, now=timezone.now()))
    context = {"call": found.application.call, "copy": found, "rows": rows}
    return render(request, "office/calls_desk/what_if_copy.html", context, status=422 if data is not None else 200)


def _done(request: ActorRequest, pk: int, use_case: Callable[[], object]) -> HttpResponse:
    try:
        use_case()
    except Refused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    else:
        messages.success(request, _now("Done."))
    return redirect("office:call-what-if", pk=pk)
