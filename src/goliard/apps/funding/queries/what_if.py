"""The plan of an application and its what-if copies side by side, row by row, priced by the same table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goliard.apps.funding.choices import FlowStage
from goliard.apps.funding.models import ExpressionOfInterest, MobilityFlow, PlanCopy, PlanCopyFlow, ProjectApplication
from goliard.apps.funding.queries.applications import partnerships_of
from goliard.apps.funding.queries.budgets import Budget, place_of, price, rule_flow
from goliard.apps.institutions.queries import home_institution
from goliard.rules.funding.planning import plan_rows
from goliard.rules.grants.plan import PlanRow

Key = tuple[int, int]  # of an interest and the place of a flow in it


@dataclass(frozen=True, slots=True)
class Cell:
    """A flow in one of the plans: its numbers and what it costs; None where it cannot be priced."""

    count: int
    days: int
    travel_days: int
    cents: int | None


@dataclass(frozen=True, slots=True)
class Side:
    """One plan: the application's own (`copy` None), or a copy. `difference` is against the application's."""

    copy: PlanCopy | None
    budget: Budget
    cells: dict[Key, Cell]
    difference: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The same flow in every plan: None where a plan does not have it."""

    interest: ExpressionOfInterest
    flow: MobilityFlow | PlanCopyFlow
    cells: tuple[Cell | None, ...]
    differs: bool


@dataclass(frozen=True, slots=True)
class SideBySide:
    """All plans, the application's first."""

    sides: tuple[Side, ...]
    lines: tuple[Line, ...]


def side_by_side(application: ProjectApplication) -> SideBySide:
    """Price the application's plan and every copy of it, and put their flows beside each other."""
    partnerships = partnerships_of(application.call)
    own = {each.pk: [flow for flow in each.flows.all() if flow.stage == FlowStage.APPLICATION] for each in partnerships}
    plans: list[tuple[PlanCopy | None, dict[int, list[MobilityFlow | PlanCopyFlow]]]] = [(None, {pk: [*rows] for pk, rows in own.items()})]
    for copy in application.copies.prefetch_related("flows"):
        flows = list(copy.flows.all())
        plans.append((copy, {each.pk: [flow for flow in flows if flow.interest_id == each.pk] for each in partnerships}))
    sides = [_side(application, partnerships, copy, flows) for copy, flows in plans]
    base = sides[0].budget.cents
    told = [Side(side.copy, side.budget, side.cells, _less(side.budget.cents, base)) for side in sides]
    return SideBySide(tuple(told), tuple(_lines(partnerships, plans, sides)))


def _side(
    application: ProjectApplication, partnerships: Sequence[ExpressionOfInterest], copy: PlanCopy | None,
    flows: dict[int, list[MobilityFlow | PlanCopyFlow]],
) -> Side:  # fmt: skip
    home = place_of(home_institution(), None)
    rows: list[PlanRow] = []
    keys: list[tuple[int, MobilityFlow | PlanCopyFlow]] = []
    for interest in partnerships:
        away = place_of(interest.partner, interest.country)
        if home is None or away is None:
            continue
        kept = [flow for flow in sorted(flows[interest.pk], key=lambda flow: flow.position) if flow.count]
        rows += plan_rows([rule_flow(flow) for flow in kept], home, away, first=len(rows) + 1)
        keys += [(interest.pk, flow) for flow in kept]
    budget = price(application.call, rows)
    cents: dict[int, int] = {}
    for line in budget.plan.lines if budget.plan else ():
        if line.row is not None:
            cents[line.row] = cents.get(line.row, 0) + line.amount.cents
    cells = {
        (pk, flow.position): Cell(flow.count, flow.days, flow.travel_days, cents.get(number) if budget.plan else None)
        for number, (pk, flow) in enumerate(keys, 1)
    }
    return Side(copy, budget, cells)


def _lines(
    partnerships: Iterable[ExpressionOfInterest], plans: Sequence[tuple[PlanCopy | None, dict[int, list[MobilityFlow | PlanCopyFlow]]]],
    sides: Sequence[Side],
) -> Iterable[Line]:  # fmt: skip
    for interest in partnerships:
        named = {flow.position: flow for _copy, flows in plans for flow in flows[interest.pk]}
        for position in sorted(named):
            cells = tuple(side.cells.get((interest.pk, position)) for side in sides)
            yield Line(interest, named[position], cells, len(set(cells)) > 1)


def _less(cents: int | None, base: int | None) -> int | None:
    return None if cents is None or base is None else cents - base
