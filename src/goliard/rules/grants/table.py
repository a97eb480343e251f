"""The figures of one action in one call, as a frozen value: every figure with its status and its sources.

A table is data. It is read from TOML (`toml_text`), kept in a file or a database row, and named by the hash of its canonical text
(`version`), so that a result can say for ever with which figures it was made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from goliard.rules.grants.figures import CATALOGUE, Unit
from goliard.rules.grants.status import Status
from goliard.rules.values.money import RoundingMode
from goliard.rules.values.texts import Text

Facts = Mapping[str, str]


class MissingFigure(Exception):
    """A rule needs a figure that the table does not have. `name` says which, with the action, the call and what it depends on."""

    def __init__(self, name: str, note: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.note = note


class TableFault(Exception):
    """The table contradicts itself, or is no table."""


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


@dataclass(frozen=True, slots=True)
class Table:
    """All figures of one action in one call."""

    action: str
    call: int
    figures: tuple[Figure, ...]
    travel_bands: tuple[TravelBand, ...]
    groups: tuple[CountryGroup, ...]
    regions: tuple[Region, ...]
    restrictions: tuple[Restriction, ...]
    roundings: tuple[Rounding, ...]
    lump_sums: tuple[LumpSum, ...] = ()
    note: str = ""
    _by_name: dict[str, list[Figure]] = field(init=False, repr=False, compare=False, hash=False, default_factory=dict)
    _group_of: dict[str, CountryGroup] = field(init=False, repr=False, compare=False, hash=False, default_factory=dict)
    _region_of: dict[str, Region] = field(init=False, repr=False, compare=False, hash=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the rows, and refuse a table that says two things at once."""
        for figure in self.figures:
            rows = self._by_name.setdefault(figure.name, [])
            for row in rows:
                _check_one_fits_better(row, figure)
            rows.append(figure)
        for group in self.groups:
            for country in group.countries:
                if self._group_of.setdefault(country, group) is not group:
                    raise TableFault(f"{country} stands in two living-cost groups")
        for region in self.regions:
            for country in region.countries:
                if self._region_of.setdefault(country, region) is not region:
                    raise TableFault(f"{country} stands in two regions")
        _check_steps([(band.km_from, band.km_to) for band in self.travel_bands], "km")
        _check_steps([(step.days_from, step.days_to) for step in self.lump_sums], "days")

    def knows(self, name: str) -> bool:
        """Whether the call has this rule at all. A MISSING figure is a rule that exists."""
        return name in self._by_name

    def figure(self, name: str, facts: Facts | None = None) -> Figure:
        """The figure that fits the facts best: the one with most dimensions. Raises `MissingFigure`."""
        fitting = [figure for figure in self._by_name.get(name, ()) if figure.applies(facts or {})]
        if not fitting:
            raise MissingFigure(self._name_with_facts(name, facts or {}))
        return self.present(max(fitting, key=lambda figure: len(figure.where)))

    def present(self, figure: Figure) -> Figure:
        """The figure itself, where it has a value. Raises `MissingFigure` with its full name."""
        if figure.value is None:
            raise MissingFigure(f"{figure.label} of {self.action} {self.call}", figure.note)
        return figure

    def group_of(self, country: str) -> CountryGroup | None:
        """The living-cost group of a country, None for a country that has none."""
        return self._group_of.get(country)

    def region_of(self, country: str) -> Region | None:
        """The region of a third country, None for a programme country or an unknown code."""
        return self._region_of.get(country)

    def is_programme_country(self, country: str) -> bool:
        """Whether an institution there may hold a grant: in a living-cost group and in no region."""
        return country in self._group_of and country not in self._region_of

    def band(self, whole_km: int) -> TravelBand | None:
        """The travel band of a distance in whole kilometres; None below the first band."""
        for band in self.travel_bands:
            if band.km_from <= whole_km and (band.km_to is None or whole_km <= band.km_to):
                return band
        return None

    def lump_sum(self, days: int) -> LumpSum | None:
        """The sum for a stay of so many days; None outside every step."""
        return next((step for step in self.lump_sums if step.days_from <= days <= step.days_to), None)

    def rounding(self, step: str, sender: str = "") -> Rounding:
        """How a step rounds for a sending country. Raises `MissingFigure`."""
        rows = [row for row in self.roundings if row.step == step and row.sender in {"", sender}]
        if not rows:
            raise MissingFigure(f"rounding of {step} of {self.action} {self.call}")
        return max(rows, key=lambda row: len(row.sender))

    def _name_with_facts(self, name: str, facts: Facts) -> str:
        """Name a figure that is not there with the facts that its sisters depend on."""
        used = {dimension for figure in self._by_name.get(name, ()) for dimension, _ in figure.where}
        conditions = ", ".join(f"{dimension}={value}" for dimension, value in facts.items() if dimension in used)
        return f"{name} ({conditions}) of {self.action} {self.call}" if conditions else f"{name} of {self.action} {self.call}"


def _check_one_fits_better(one: Figure, other: Figure) -> None:
    """No mobility may find two rows of one name that fit it equally well."""
    if one.where == other.where:
        raise TableFault(f"{one.label} stands twice in the table")
    facts = dict(one.where)
    exclude = any(facts.get(dimension, value) != value for dimension, value in other.where)
    if len(one.where) == len(other.where) and not exclude:
        raise TableFault(f"{one.label} and {other.label} can fit equally well")


def _check_steps(steps: list[tuple[int, int | None]], what: str) -> None:
    """Steps stand in order and touch: each begins one after the end of the one before, and only the last is open."""
    for (_, end), (start, _) in pairwise(steps):
        if end is None or start != end + 1:
            raise TableFault(f"the step from {start} {what} does not follow the one before it")


def unit_of(name: str) -> Unit:
    """The unit of a figure by its name. Raises `TableFault` for a name that is not in the catalogue."""
    if name not in CATALOGUE:
        raise TableFault(f"{name!r} is no figure that the engine knows")
    return CATALOGUE[name].unit
