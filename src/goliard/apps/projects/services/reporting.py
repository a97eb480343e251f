"""Report what a project realised: numbers by flow, money by heading; typed by officers while there are no mobilities to count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.projects.choices import BudgetCategory
from goliard.apps.projects.models import Project, ProjectBudget, ProjectClosure, ProjectFlow
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text

CLOSED = Reason("project-closed", Text("Het project is afgesloten.", "The project is closed."))


@dataclass(frozen=True, slots=True)
class FlowReport:
    """What is known of a flow: how many stays were realised (None: not reported) or cancelled, when the first began, what it prepares."""

    realised: int | None = None
    cancelled: int = 0
    starts_on: date | None = None
    prepares: int | None = None


@transaction.atomic
def report_realised(
    *, project: Project, flows: Mapping[int, FlowReport], cents: Mapping[str, int | None], actor: Actor, now: datetime
) -> Project:
    """Replace what is reported of the flows (by primary key) and headings that are given; None takes a report back.

    Raises Refused for a closed project, and for a flow that would prepare itself or a flow of another project.
    """
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if ProjectClosure.objects.filter(project=locked).exists():
        raise Refused([CLOSED])
    rows = {flow.pk: flow for flow in locked.flows.all() if flow.pk in flows}
    own = set(locked.flows.values_list("pk", flat=True))
    for pk, flow in rows.items():
        told = flows[pk]
        if told.prepares is not None and (told.prepares == pk or told.prepares not in own):
            text = Text("Een bezoek bereidt een andere stroom van dit project voor.", "A visit prepares another flow of this project.")
            raise Refused([Reason("visit-itself", text, field="prepares")])
        flow.realised, flow.cancelled, flow.starts_on, flow.prepares_id = told.realised, told.cancelled, told.starts_on, told.prepares
    ProjectFlow.objects.bulk_update(rows.values(), ["realised", "cancelled", "starts_on", "prepares"])
    for category, amount in cents.items():
        if amount is not None or locked.budgets.filter(category=category).exists():
            defaults = {"realised_cents": amount}
            ProjectBudget.objects.update_or_create(project=locked, category=BudgetCategory(category), defaults=defaults)
    numbers = [flow.realised for flow in rows.values() if flow.realised is not None]
    details = {"realised": sum(numbers), "realised_cents": {name: amount for name, amount in cents.items() if amount is not None}}
    record(actor=actor, verb="report-realised", subject=locked, now=now, details=details)
    return locked
