"""What the engine answers with: lines that say the rule, the amount, why, and how sure the figures are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from goliard.rules.grants.status import Status, weakest
from goliard.rules.values.money import ZERO, Money
from goliard.rules.values.texts import Text


class Category(StrEnum):
    """The headings of a budget."""

    INDIVIDUAL_SUPPORT = "individual_support"
    TRAVEL = "travel"
    TOP_UPS = "top_ups"
    ORGANISATIONAL_SUPPORT = "organisational_support"
    INCLUSION_SUPPORT = "inclusion_support"


class Evidence(Protocol):
    """A row of a table on which a line rests."""

    @property
    def label(self) -> str: ...
    @property
    def status(self) -> Status: ...
    @property
    def sources(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Line:
    """One amount and its reason. `unverified` names the figures under it that nobody has seen in print."""

    rule: str
    category: Category
    amount: Money
    because: Text
    sources: tuple[str, ...] = ()
    status: Status = Status.V1
    unverified: tuple[str, ...] = ()

    @property
    def source(self) -> str:
        """The source ids as one text."""
        return "; ".join(self.sources)


def line(rule: str, category: Category, amount: Money, because: Text, evidence: Iterable[Evidence]) -> Line:
    """Make a line that is as sure as the weakest row it rests on."""
    rows = tuple(evidence)
    return Line(
        rule=rule,
        category=category,
        amount=amount,
        because=because,
        sources=tuple(dict.fromkeys(source for row in rows for source in row.sources)),
        status=weakest(row.status for row in rows),
        unverified=tuple(row.label for row in rows if not row.status.is_verified),
    )


def nothing(rule: str, category: Category, because: Text, evidence: Iterable[Evidence] = ()) -> Line:
    """A line of zero euros: a rule that pays nothing says why."""
    return line(rule, category, ZERO, because, evidence)
