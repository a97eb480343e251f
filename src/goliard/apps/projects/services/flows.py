"""Set the flows of a project and its budget, priced by the grant engine under its call's table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.projects.models import Project, ProjectBudget, ProjectFlow
from goliard.apps.projects.queries.priced import price_flows
from goliard.rules.access.actor import Actor
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
    budget = price_flows(project, list(rows), name)
    if budget is None:
        raise Refused(
            [Reason("flows-place", Text("Het project heeft nog geen partner of land.", "The project has no partner or country."))]
        )
    if budget.refused or budget.missing:
        lacking = [Reason("flows-figure", Text(f"Ontbreekt: {each}.", f"Missing: {each}.")) for each in budget.missing]
        raise Refused([*budget.refused, *lacking])
    return {str(category): money.cents for category, money in budget.plan.by_category.items()} if budget.plan else {}
