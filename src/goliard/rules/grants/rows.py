"""The rows of a table: each a frozen value with its status and its sources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.status import Status
from goliard.rules.values.money import RoundingMode
from goliard.rules.values.texts import Text

Facts = Mapping[str, str]
"""What is known of a mobility, by dimension (`figures.DIMENSIONS`)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `where` holds the dimensions on which it depends; `value` is None exactly when the status is MISSING.

    Yes and no are 1 and 0.
    """

    name: str
    value: Decimal | None
    unit: str
    status: Status
    sources: tuple[str, ...] = ()
    where: tuple[tuple[str, str], ...] = ()
    note: str = ""

    def applies(self, facts: Facts) -> bool:
        """Whether every dimension of the figure has the value that the facts give."""
        return all(facts.get(dimension) == value for dimension, value in self.where)

    @property
    def number(self) -> Decimal:
        """The value of a figure that is there."""
        if self.value is None:
            raise MissingFigure(self.label, self.note)
        return self.value

    @property
    def is_yes(self) -> bool:
        """The answer of a yes/no figure."""
        return self.number != 0

    @property
    def label(self) -> str:
        """The name with what it depends on: `student_month (direction=incoming, group=2)`."""
        conditions = ", ".join(f"{dimension}={value}" for dimension, value in self.where)
        return f"{self.name} ({conditions})" if conditions else self.name


@dataclass(frozen=True, slots=True)
class TravelBand:
    """Travel amounts of one distance band in whole kilometres; `km_to` None is open-ended; `green` None means no separate green amount."""

    km_from: int
    km_to: int | None
    standard: Figure
    green: Figure | None


@dataclass(frozen=True, slots=True)
class LumpSum:
    """One sum for a stay of a number of days, for scholarships that pay by length and not by day."""

    days_from: int
    days_to: int
    sum: Figure


@dataclass(frozen=True, slots=True)
class CountryGroup:
    """Programme countries (and countries paid like them) of one living-cost group; `group` None where the group is MISSING."""

    group: int | None
    countries: frozenset[str]
    status: Status
    sources: tuple[str, ...] = ()
    note: str = ""

    @property
    def label(self) -> str:
        """The name by which a result cites it."""
        return f"living_cost_group {self.group}"


@dataclass(frozen=True, slots=True)
class Region:
    """Third countries of one region. `partner` says whether the action's partner-country amounts and rules hold there."""

    number: int
    name: Text
    countries: frozenset[str]
    partner: bool
    status: Status
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restriction:
    """Who may not go where. Empty sets mean "any"; countries are those of the third country. An unsure restriction only warns."""

    rule: str
    because: Text
    status: Status
    sources: tuple[str, ...] = ()
    direction: str = ""
    participant: str = ""
    cycles: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def concerns(self, facts: Facts, country: str) -> bool:
        """Whether a mobility with these facts and this third country falls under it."""
        return (
            self.direction in {"", facts["direction"]}
            and self.participant in {"", facts["participant"]}
            and (not self.cycles or facts.get("cycle") in self.cycles)
            and (not self.activities or facts["activity"] in self.activities)
            and (not self.countries or country in self.countries)
        )


@dataclass(frozen=True, slots=True)
class Rounding:
    """How one step of the computation rounds: `to` cent, euro, km, or exact for not at all. `sender` empty: every sending country."""

    step: str
    to: str
    mode: RoundingMode
    status: Status
    sources: tuple[str, ...] = ()
    sender: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        """The name by which a result cites it."""
        return f"rounding of {self.step}"
