"""What the grant engine says that flows of a project cost."""

from __future__ import annotations

from collections.abc import Iterable

from goliard.apps.funding.queries.budgets import Budget, place_of, price
from goliard.apps.institutions.queries import home_institution
from goliard.apps.projects.models import Project, ProjectFlow
from goliard.rules.funding.planning import Flow, plan_rows


def price_flows(project: Project, rows: list[ProjectFlow], name: str) -> Budget | None:
    """Price the numbers that the flows hold under `name` (planned, granted, realised); None without a partner or country."""
    partner = project.partners.select_related("organisation__country").order_by("position", "pk").first()
    home, away = place_of(home_institution(), None), place_of(partner.organisation if partner else None, project.country)
    if home is None or away is None:
        return None
    flows = [rule_flow(row, getattr(row, name)) for row in rows if getattr(row, name)]
    return price(project.call, plan_rows(flows, home, away))


def priced_realised(project: Project) -> dict[str, int]:
    """Return by heading what the realised numbers would cost under the table of the call: a hint beside what officers report."""
    budget = price_flows(project, list(project.flows.all()), "realised")
    if budget is None or budget.plan is None:
        return {}
    return {str(category): money.cents for category, money in budget.plan.by_category.items()}


def unverified_of(projects: Iterable[Project]) -> tuple[str, ...]:
    """Return the figures that nobody has seen in print and on which the granted money of these projects rests."""
    found: dict[str, None] = {}
    for project in projects:
        budget = price_flows(project, list(project.flows.all()), "granted")
        found |= dict.fromkeys(budget.plan.unverified if budget and budget.plan else ())
    return tuple(found)


def rule_flow(row: ProjectFlow, count: int) -> Flow:
    """Return a flow as the rules read it."""
    participant, activity, cycle = row.kind.split("/")
    return Flow(row.direction, participant, activity, cycle, count, row.days, row.travel_days)
