"""Planned, granted and realised numbers and money of a call's projects."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.apps.funding.models import FundingCall
from goliard.apps.projects.models import Project
from goliard.apps.projects.queries.priced import unverified_of
from goliard.apps.projects.queries.visible import visible_projects


@dataclass(frozen=True, slots=True)
class ProjectResult:
    """A project's numbers; realised is None until any of its flows is reported."""

    project: Project
    planned: int
    granted: int
    realised: int | None
    planned_cents: int
    granted_cents: int
    realised_cents: int | None
    is_illustrative: bool


@dataclass(frozen=True, slots=True)
class CallResults:
    """The projects of a call and their sums; `unverified` figures stand behind the granted money."""

    rows: tuple[ProjectResult, ...]
    unverified: tuple[str, ...] = ()

    @property
    def is_illustrative(self) -> bool:
        """Whether any of the numbers is invented."""
        return any(row.is_illustrative for row in self.rows)

    @property
    def total(self) -> dict[str, int | None]:
        """The sums; realised is None where no project reports any."""
        names = ("planned", "granted", "realised", "planned_cents", "granted_cents", "realised_cents")
        cells = {name: [value for row in self.rows if (value := getattr(row, name)) is not None] for name in names}
        return {name: sum(values) if values else None for name, values in cells.items()}


def has_results(call: FundingCall) -> bool:
    """Whether the public sees flows of the call, in one query."""
    return visible_projects().filter(call=call, flows__isnull=False).exists()


def results_of(call: FundingCall) -> CallResults | None:
    """Return the results of the visible projects of a call that have flows, in a fixed number of queries; None without any."""
    projects = visible_projects().filter(call=call, flows__isnull=False).distinct()
    rows = tuple(
        _result(project)
        for project in projects.select_related("call__action", "country").prefetch_related("flows", "budgets").order_by("title_en")
    )
    return CallResults(rows, unverified_of(row.project for row in rows)) if rows else None


def _result(project: Project) -> ProjectResult:
    flows, budgets = list(project.flows.all()), list(project.budgets.all())
    realised = [flow.realised for flow in flows if flow.realised is not None]
    spent = [budget.realised_cents for budget in budgets if budget.realised_cents is not None]
    return ProjectResult(
        project, sum(flow.planned for flow in flows), sum(flow.granted for flow in flows), sum(realised) if realised else None,
        sum(each.planned_cents for each in budgets), sum(each.granted_cents for each in budgets), sum(spent) if spent else None,
        project.is_illustrative or any(flow.is_illustrative for flow in flows),
    )  # fmt: skip
