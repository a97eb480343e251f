"""A table from text: TOML that an officer can read and change."""

from __future__ import annotations

import tomllib
from decimal import Decimal

from goliard.rules.grants.faults import TableFault
from goliard.rules.grants.figures import CATALOGUE, DIMENSIONS, DIVISORS, WHOLE, Unit
from goliard.rules.grants.rows import CountryGroup, Figure, LumpSum, Region, Restriction, Rounding, TravelBand
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table
from goliard.rules.grants.toml_reader import COUNTRY, Reader
from goliard.rules.values.money import RoundingMode
from goliard.rules.values.texts import Text

LONGEST = 1_000_000


def parse_table(text: str) -> Table:
    """Read a table. Raises `TableFault` with a sentence for whatever is wrong with it, and never another error."""
    if len(text) > LONGEST:
        raise TableFault("the table is longer than a million characters")
    try:
        document = tomllib.loads(text, parse_float=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise TableFault(f"the table is no TOML: {error}") from error
    reader = Reader(document, "the table")
    table = Table(
        action=reader.text("action"),
        call=reader.integer("call"),
        note=reader.text("note", ""),
        roundings=tuple(_rounding(row) for row in reader.rows("roundings")),
        groups=tuple(_group(row) for row in reader.rows("groups")),
        regions=tuple(_region(row) for row in reader.rows("regions")),
        travel_bands=tuple(_band(row) for row in reader.rows("travel_bands")),
        lump_sums=tuple(_lump_sum(row) for row in reader.rows("lump_sums")),
        figures=tuple(_figure(row) for row in reader.rows("figures")),
        restrictions=tuple(_restriction(row) for row in reader.rows("restrictions")),
    )
    reader.nothing_else()
    return table


def _rounding(row: Reader) -> Rounding:
    rounding = Rounding(
        step=row.text("step"),
        to=row.text("to"),
        mode=row.word("mode", RoundingMode),
        sender=row.text("sender", ""),
        status=row.word("status", Status),
        sources=row.texts("sources"),
        note=row.text("note", ""),
    )
    if rounding.to not in {"cent", "euro", "km", "exact"}:
        raise row.fault("to is none of cent, euro, km, exact")
    row.nothing_else()
    return rounding


def _group(row: Reader) -> CountryGroup:
    status = row.word("status", Status)
    if row.has("group") is (status is Status.MISSING):
        raise row.fault("a group has a number, or the status MISSING")
    group = CountryGroup(
        group=row.integer("group") if row.has("group") else None,
        countries=row.countries("countries"),
        status=status,
        sources=row.texts("sources"),
        note=row.text("note", ""),
    )
    if group.group not in {1, 2, 3, None}:
        raise row.fault("a living-cost group is 1, 2 or 3")
    row.nothing_else()
    return group


def _region(row: Reader) -> Region:
    region = Region(
        number=row.integer("region"),
        name=_text(row, "name"),
        partner=row.yes_no("partner"),
        countries=row.countries("countries"),
        status=row.word("status", Status),
        sources=row.texts("sources"),
    )
    row.nothing_else()
    return region


def _band(row: Reader) -> TravelBand:
    km_from = row.integer("km_from")
    km_to = row.integer("km_to") if row.has("km_to") else None
    if km_to is not None and km_to < km_from:
        raise row.fault("km_to lies before km_from")
    kilometres = f"{km_from}-{km_to} km" if km_to is not None else f"{km_from} km and more"
    sources, note = row.texts("sources"), row.text("note", "")

    def amount(column: str, status_key: str) -> Figure:
        status = row.word(status_key, Status)
        value = _value(row, column, status)
        return Figure(f"travel {column} {kilometres}", value, Unit.EUR_PER_PARTICIPANT, status, sources, note=note)

    green = amount("green", "green_status") if row.has("green_status") else None
    band = TravelBand(km_from, km_to, amount("standard", "status"), green)
    row.nothing_else()
    return band


def _lump_sum(row: Reader) -> LumpSum:
    days_from, days_to, status = row.integer("days_from"), row.integer("days_to"), row.word("status", Status)
    if days_to < days_from:
        raise row.fault("days_to lies before days_from")
    label, value = f"lump sum {days_from}-{days_to} days", _value(row, "eur", status)
    figure = Figure(label, value, Unit.EUR_PER_MOBILITY, status, row.texts("sources"), note=row.text("note", ""))
    row.nothing_else()
    return LumpSum(days_from, days_to, figure)


def _figure(row: Reader) -> Figure:
    name, status = row.text("name"), row.word("status", Status)
    if name not in CATALOGUE:
        raise row.fault(f"{name!r} is no figure that the engine knows")
    unit = CATALOGUE[name].unit
    if row.text("unit") != unit or (row.has("value") and row.is_yes_no("value") is not (unit is Unit.YES_NO)):
        raise row.fault(f"{name} is counted in {unit}")
    value = _value(row, "value", status)
    if value is not None and ((unit in WHOLE and value % 1) or (name in DIVISORS and not value)):
        raise row.fault(f"{name} is a whole number{' above zero' if name in DIVISORS else ''}")
    figure = Figure(name, value, unit, status, row.texts("sources"), _conditions(row), row.text("note", ""))
    row.nothing_else()
    return figure


def _conditions(row: Reader) -> tuple[tuple[str, str], ...]:
    """What the figure depends on, in one order; only dimensions and words that the engine knows."""
    where = row.conditions("where")
    for dimension, word in where.items():
        known = DIMENSIONS.get(dimension, frozenset())
        if not (COUNTRY.fullmatch(word) if known is None else word in known):
            raise row.fault(f"{dimension} = {word} is no condition that the engine knows")
    return tuple(sorted(where.items()))


def _value(row: Reader, key: str, status: Status) -> Decimal | None:
    """A value is there unless the status says that it is missing."""
    if row.has(key) is (status is Status.MISSING):
        raise row.fault(f"{key} has a value, or the status MISSING")
    return row.number(key) if row.has(key) else None


def _restriction(row: Reader) -> Restriction:
    restriction = Restriction(
        rule=row.text("rule"),
        because=_text(row, "because"),
        direction=row.text("direction", ""),
        participant=row.text("participant", ""),
        cycles=frozenset(row.texts("cycles")),
        activities=frozenset(row.texts("activities")),
        countries=row.countries("countries"),
        status=row.word("status", Status),
        sources=row.texts("sources"),
    )
    for dimension, words in (
        ("direction", {restriction.direction} - {""}),
        ("participant", {restriction.participant} - {""}),
        ("cycle", restriction.cycles),
        ("activity", restriction.activities),
    ):
        if not words <= (DIMENSIONS[dimension] or set()):
            raise row.fault(f"{sorted(words)[0]} is no {dimension}")
    row.nothing_else()
    return restriction


def _text(row: Reader, key: str) -> Text:
    return Text(nl=row.text(f"{key}_nl"), en=row.text(f"{key}_en"))
