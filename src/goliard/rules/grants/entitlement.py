"""What one mobility is entitled to: check, then one rule after the other."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.rules.grants.case import Case, open_case
from goliard.rules.grants.eligibility import check
from goliard.rules.grants.individual_support import individual_support
from goliard.rules.grants.lines import Category, Line, nothing
from goliard.rules.grants.mobility import Mobility
from goliard.rules.grants.organisation import inclusion_support
from goliard.rules.grants.table import Table
from goliard.rules.grants.top_ups import top_ups
from goliard.rules.grants.travel import travel
from goliard.rules.values.money import Money, total
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class Entitlement:
    """The lines of one mobility, and what an officer should know about it. Organisational support belongs to the plan and is not in it."""

    lines: tuple[Line, ...]
    warnings: tuple[Reason, ...] = ()

    @property
    def total(self) -> Money:
        """All lines together."""
        return total(line.amount for line in self.lines)

    @property
    def unverified(self) -> tuple[str, ...]:
        """The names of the unverified figures and rules that were used, each once, sorted."""
        return tuple(sorted({name for line in self.lines for name in line.unverified} | {warning.rule for warning in self.warnings}))

    def of(self, category: Category) -> Money:
        """The lines of one category together."""
        return total(line.amount for line in self.lines if line.category is category)


def price_mobility(mobility: Mobility, table: Table) -> Entitlement:
    """Price one mobility.

    The same mobility and the same table give the same lines, always. Raises `Ineligible` with every reason why the programme does not pay,
    and `MissingFigure` with the name of the first figure that the table does not have.
    """
    case = open_case(mobility, table)
    warnings = check(case)
    if mobility.zero_grant:
        return Entitlement((_zero_grant(),), warnings)
    return Entitlement(tuple(_lines(case)), warnings)


def _lines(case: Case) -> list[Line]:
    return [individual_support(case), travel(case), *top_ups(case), *inclusion_support(case)]


def _zero_grant() -> Line:
    because = Text(nl="zonder beurs van het programma (zero grant)", en="without money of the programme (zero grant)")
    return nothing("zero_grant", Category.INDIVIDUAL_SUPPORT, because)
