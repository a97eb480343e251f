"""Set the flows of a project and its budget, priced by the grant engine under its call's table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from goliard.apps.funding.queries.budgets import place_of, price
from goliard.apps.institutions.queries import home_institution
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.projects.models import Project, ProjectBudget, ProjectFlow
from goliard.rules.access.actor import Actor
from goliard.rules.funding.planning import Flow, plan_rows
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def set_flows(*, project: Project, flows: Sequence[Mapping[str, Any]], actor: Actor, now: datetime) -> Project:
    """Replace the flows of a project, and its budget by what they cost. Raises Refused where the engine cannot price them."""
    locked = Project.objects.select_for_update(of=("self",)).select_related("call__action", "country").get(pk=project.pk)
    rows = [ProjectFlow(project=locked, **flow) for flow in flows]
    planned, granted = (_cents(locked, rows, name) for name in ("planned", "granted"))
    locked.flows.all().delete()
    locked.budgets.all().delete()
    ProjectFlow.objects.bulk_create(rows)
    ProjectBudget.objects.bulk_create(
        ProjectBudget(project=locked, category=category, planned_cents=planned[category], granted_cents=granted.get(category, 0))
        for category in planned
        if planned[category] or granted.get(category)
    )
    details = {"planned": sum(row.planned for row in rows), "granted": sum(row.granted for row in rows)}
    record(actor=actor, verb="set-flows", subject=locked, now=now, details=details)
    return locked


def _cents(project: Project, rows: Sequence[ProjectFlow], name: str) -> dict[str, int]:
    partner = project.partners.select_related("organisation__country").order_by("position", "pk").first()
    home, away = place_of(home_institution(), None), place_of(partner.organisation if partner else None, project.country)
    if home is None or away is None:
        raise Refused(
            [Reason("flows-place", Text("Het project heeft nog geen partner of land.", "The project has no partner or country."))]
        )
    flows = [_flow(row, getattr(row, name)) for row in rows if getattr(row, name)]
    budget = price(project.call, plan_rows(flows, home, away))
    if budget.refused or budget.missing:
        lacking = [Reason("flows-figure", Text(f"Ontbreekt: {each}.", f"Missing: {each}.")) for each in budget.missing]
        raise Refused([*budget.refused, *lacking])
    return {str(category): money.cents for category, money in budget.plan.by_category.items()} if budget.plan else {}


def _flow(row: ProjectFlow, count: int) -> Flow:
    participant, activity, cycle = row.kind.split("/")
    return Flow(row.direction, participant, activity, cycle, count, row.days, row.travel_days)
