"""A running project: planned, granted and realised numbers and money, what moved, who joins, what stands still, and the closure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.views.decorators.http import require_POST

from goliard.apps.agreements.queries.joining import readiness_of_partners
from goliard.apps.institutions.refusals import Refused
from goliard.apps.projects.choices import BudgetCategory
from goliard.apps.projects.models import Project, ProjectClosure
from goliard.apps.projects.policies import may_edit_project, may_read_projects
from goliard.apps.projects.queries.balances import balance_of
from goliard.apps.projects.queries.priced import priced_realised, unverified_of
from goliard.apps.projects.queries.visits import warnings_of_visits
from goliard.apps.projects.services.closing import close_project, open_ends
from goliard.apps.projects.services.joining import decide_partner, request_partner
from goliard.apps.projects.services.moving import interrupt_project, move_budget, resume_project
from goliard.apps.projects.services.reporting import FlowReport, report_realised
from goliard.portals.office.projects.running_forms import (
    ClosureForm,
    DecisionForm,
    FlowReportForm,
    InterruptionForm,
    MoneyReportForm,
    PartnerRequestForm,
    ResumeForm,
    TransferForm,
)
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest


@door(may_read_projects)
def numbers(request: ActorRequest, pk: int) -> HttpResponse:
    """Numbers by flow and money by heading; a POST reports what was realised."""
    project = _found(pk)
    may_edit = may_edit_project(request.actor, project) and not _closed(project)
    flows = list(project.flows.all())
    data = request.POST if request.method == "POST" else None
    if data is not None:
        refuse_unless(may_edit)
    flow_forms = [(flow, FlowReportForm(flow, flows, data)) for flow in flows]
    money = MoneyReportForm(balance_of(project), data)
    if data is not None and all(form.is_valid() for form in (money, *(form for _flow, form in flow_forms))):
        reports = {flow.pk: FlowReport(**form.told()) for flow, form in flow_forms}
        cents = {name: money.cleaned_data[name] for name in money.fields}
        done = _done(request, lambda: report_realised(project=project, flows=reports, cents=cents, actor=request.actor, now=timezone.now()))
        if done:
            return redirect("office:project-numbers", pk=pk)
    found, hint = balance_of(project), priced_realised(project)
    context = {
        "project": project,
        "flow_forms": flow_forms,
        "lines": [(each, BudgetCategory(each.category).label, money[each.category], hint.get(each.category)) for each in found.headings],
        "balance": found,
        "warnings": warnings_of_visits(flows),
        "totals": _totals(flows),
        "unverified": unverified_of([project]),
        "is_illustrative": _illustrative(project),
        "may_edit": may_edit,
        "closure": _closed(project),
    }
    return render(request, "office/projects/numbers.html", context, status=422 if data is not None else 200)


@door(may_read_projects)
def changes(request: ActorRequest, pk: int) -> HttpResponse:
    """Partners that join, budget that moves, and when the project stood still."""
    project = _found(pk)
    today = timezone.localdate()
    context = {
        "project": project,
        "partner_changes": [
            (row, DecisionForm(prefix=f"change-{row.pk}")) for row in project.partner_changes.select_related("organisation")
        ],
        "partners": readiness_of_partners(project, today=today),
        "transfers": project.transfers_out.select_related("to_project"),
        "received": project.transfers_in.exclude(project=project).select_related("project"),
        "interruptions": project.interruptions.all(),
        "partner_form": PartnerRequestForm(),
        "transfer_form": TransferForm(project),
        "interruption_form": InterruptionForm(),
        "resume_form": ResumeForm(),
        "may_edit": may_edit_project(request.actor, project) and not _closed(project),
        "closure": _closed(project),
    }
    return render(request, "office/projects/changes.html", context)


@require_POST
@door(may_read_projects)
def ask_partner(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask to add a partner."""
    return _change(request, pk, PartnerRequestForm(request.POST), request_partner)


@require_POST
@door(may_read_projects)
def answer_partner(request: ActorRequest, pk: int, change: int) -> HttpResponse:
    """Approve or refuse."""
    row = get_object_or_404(_editable(request, pk).partner_changes, pk=change)

    def decide(**given: Any) -> object:
        del given["project"]
        return decide_partner(change=row, **given)

    return _change(request, pk, DecisionForm(request.POST, prefix=f"change-{row.pk}"), decide)


@require_POST
@door(may_read_projects)
def transfer(request: ActorRequest, pk: int) -> HttpResponse:
    """Move money by a rule."""
    return _change(request, pk, TransferForm(_found(pk), request.POST), move_budget)


@require_POST
@door(may_read_projects)
def interrupt(request: ActorRequest, pk: int) -> HttpResponse:
    """Record that the project stands still."""
    return _change(request, pk, InterruptionForm(request.POST), interrupt_project)


@require_POST
@door(may_read_projects)
def resume(request: ActorRequest, pk: int, interruption: int) -> HttpResponse:
    """Record that it goes on."""
    row = get_object_or_404(_editable(request, pk).interruptions, pk=interruption)

    def go_on(**given: Any) -> object:
        del given["project"]
        return resume_project(interruption=row, **given)

    return _change(request, pk, ResumeForm(request.POST), go_on)


@door(may_read_projects)
def closure(request: ActorRequest, pk: int) -> HttpResponse:
    """The final balance; a POST closes the project."""
    project = _found(pk)
    closed, now = _closed(project), timezone.now()
    may_edit = may_edit_project(request.actor, project) and closed is None
    form = ClosureForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        refuse_unless(may_edit)
        evidence = form.cleaned_data["evidence"] if form.is_valid() else ""
        if _done(request, lambda: close_project(project=project, evidence=evidence, actor=request.actor, now=now)):
            return redirect("office:project-closure", pk=pk)
    found = balance_of(project)
    context = {
        "project": project,
        "balance": found,
        "lines": [(each, BudgetCategory(each.category).label) for each in found.headings],
        "is_illustrative": _illustrative(project),
        "open_ends": () if closed else open_ends(project=project, evidence=request.POST.get("evidence", "") or "–", now=now),
        "closure": closed,
        "form": form,
        "may_edit": may_edit,
    }
    return render(request, "office/projects/closure.html", context, status=422 if request.method == "POST" else 200)


@door(may_read_projects)
def closure_file(request: ActorRequest, pk: int) -> HttpResponse:
    """Exactly what was kept at the closure: its SHA-256 is the closure's hash."""
    kept = get_object_or_404(ProjectClosure, project_id=pk)
    response = HttpResponse(kept.content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="closure-{kept.project_id}.json"'
    return response


def _found(pk: int) -> Project:
    return get_object_or_404(Project.objects.select_related("call__action", "country"), pk=pk)


def _editable(request: ActorRequest, pk: int) -> Project:
    project = _found(pk)
    refuse_unless(may_edit_project(request.actor, project))
    return project


def _closed(project: Project) -> ProjectClosure | None:
    return ProjectClosure.objects.filter(project=project).first()


def _illustrative(project: Project) -> bool:
    return project.is_illustrative or project.flows.filter(is_illustrative=True).exists()


def _totals(flows: list[Any]) -> dict[str, int | None]:
    known = [flow.realised for flow in flows if flow.realised is not None]
    return {
        "planned": sum(flow.planned for flow in flows),
        "granted": sum(flow.granted for flow in flows),
        "realised": sum(known) if known else None,
        "cancelled": sum(flow.cancelled for flow in flows),
    }


def _change(request: ActorRequest, pk: int, form: Any, use_case: Callable[..., object]) -> HttpResponse:
    project = _editable(request, pk)
    if form.is_valid():
        _done(request, lambda: use_case(project=project, **form.told(), actor=request.actor, now=timezone.now()))
    else:
        for name, errors in form.errors.items():
            for error in errors:
                messages.error(request, f"{form.fields[name].label if name in form.fields else ''}: {error}")
    return redirect("office:project-changes", pk=pk)


def _done(request: ActorRequest, use_case: Callable[[], object]) -> bool:
    try:
        use_case()
    except Refused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
        return False
    messages.success(request, _now("Saved."))
    return True
