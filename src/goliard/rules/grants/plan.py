"""A whole plan: rows of equal mobilities, priced with all their lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.entitlement import Entitlement, price_mobility
from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.lines import Category, Line
from goliard.rules.grants.mobility import Mobility
from goliard.rules.grants.organisation import organisational_support
from goliard.rules.grants.table import Table
from goliard.rules.values.money import Money
from goliard.rules.values.texts import Reason


@dataclass(frozen=True, slots=True)
class PlanRow:
    """`count` equal mobilities, of which the first `fewer_opportunities` are of participants with fewer opportunities.

    `number` is the row as its reader counts it, and stands in every line and every refusal. The flag in `mobility` itself is not read.
    """

    number: int
    mobility: Mobility
    count: int
    fewer_opportunities: int = 0


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of a mobility, `times` over; `row` is None for what belongs to the plan as a whole."""

    row: int | None
    times: int
    line: Line

    @property
    def amount(self) -> Money:
        """The line for all its mobilities. It was rounded once, for one mobility, so that splitting a row changes nothing."""
        return self.line.amount * self.times


@dataclass(frozen=True, slots=True)
class RowReason:
    """A reason, and the row that it concerns."""

    row: int
    reason: Reason


class PlanRefused(Exception):
    """Rows of the plan that the programme does not pay, with every reason of every row."""

    def __init__(self, reasons: tuple[RowReason, ...]) -> None:
        super().__init__(f"{len(reasons)} reasons")
        self.reasons = reasons


class FiguresMissing(Exception):
    """Figures that the plan needs and the table does not have, each once. `figures` maps the name to the note of the table."""

    def __init__(self, figures: dict[str, str]) -> None:
        super().__init__(", ".join(figures))
        self.figures = figures


@dataclass(frozen=True, slots=True)
class PricedPlan:
    """All lines of a plan and what they add up to."""

    lines: tuple[PlanLine, ...]
    mobilities: int
    warnings: tuple[RowReason, ...]

    @property
    def by_category(self) -> dict[Category, Money]:
        """Every category, also where it is zero."""
        cents: Counter[Category] = Counter()
        for line in self.lines:
            cents[line.line.category] += line.amount.cents
        return {category: Money(cents[category]) for category in Category}

    @property
    def total(self) -> Money:
        """The whole plan."""
        return Money(sum(line.amount.cents for line in self.lines))

    @property
    def unverified(self) -> tuple[str, ...]:
        """The names of the unverified figures and rules that were used, each once, sorted."""
        figures = {name for line in self.lines for name in line.line.unverified}
        return tuple(sorted(figures | {warning.reason.rule for warning in self.warnings}))


def price_plan(rows: Iterable[PlanRow], table: Table, progress: Callable[[int], object] = lambda done: None) -> PricedPlan:
    """Price every row and the organisational support of the whole; `progress` hears the number of rows done.

    Raises `PlanRefused` with all reasons of all rows, else `FiguresMissing` with all names, so that one run shows everything to mend.
    """
    lines: list[PlanLine] = []
    warnings: list[RowReason] = []
    refusals: list[RowReason] = []
    missing: dict[str, str] = {}
    mobilities = 0
    for done, row in enumerate(rows, start=1):
        mobilities += row.count
        try:
            for times, entitlement in _price_row(row, table):
                lines += (PlanLine(row.number, times, line) for line in entitlement.lines)
                warnings += (RowReason(row.number, warning) for warning in entitlement.warnings)
        except Ineligible as refusal:
            refusals += (RowReason(row.number, reason) for reason in refusal.reasons)
        except MissingFigure as figure:
            missing.setdefault(figure.name, figure.note)
        progress(done)
    try:
        lines += (PlanLine(None, 1, line) for line in organisational_support(mobilities, table))
    except MissingFigure as figure:
        missing.setdefault(figure.name, figure.note)
    if refusals:
        raise PlanRefused(tuple(refusals))
    if missing:
        raise FiguresMissing(missing)
    return PricedPlan(tuple(lines), mobilities, tuple(dict.fromkeys(warnings)))


def _price_row(row: PlanRow, table: Table) -> Iterator[tuple[int, Entitlement]]:
    """The row's participants with fewer opportunities, and the others: each kind priced once."""
    for times, fewer in ((row.fewer_opportunities, True), (row.count - row.fewer_opportunities, False)):
        if times:
            yield times, price_mobility(replace(row.mobility, fewer_opportunities=fewer), table)
