"""The figures of one action in one call, as a frozen value.

A table is data. It is read from TOML (`toml_parse`), kept in a file or a database row, and named by the hash of its canonical text
(`toml_dump.version`), so that a result can say for ever with which figures it was made.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from goliard.rules.grants.faults import MissingFigure, TableFault
from goliard.rules.grants.rows import CountryGroup, Facts, Figure, LumpSum, Region, Restriction, Rounding, TravelBand


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
        if len({(row.step, row.sender) for row in self.roundings}) < len(self.roundings):
            raise TableFault("a rounding stands twice in the table")
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
        """The travel band of a distance in whole kilometres; None below the first band.

        Raises `MissingFigure` beyond the last one, and in a table without bands: no amount is no reason to pay nothing.
        """
        if self.travel_bands and whole_km < self.travel_bands[0].km_from:
            return None
        for band in self.travel_bands:
            if band.km_to is None or whole_km <= band.km_to:
                return band
        raise MissingFigure(f"travel band of {whole_km} km of {self.action} {self.call}")

    def lump_sum(self, days: int) -> LumpSum | None:
        """The sum for a stay of so many days; None outside every step. Raises `MissingFigure` in a table without any."""
        if not self.lump_sums:
            raise MissingFigure(f"lump sums of {self.action} {self.call}")
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
