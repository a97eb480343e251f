"""A table as text: TOML that an officer can read and change, and back.

`dump_table(parse_table(text))` is the canonical text of a table; its hash is the table's version, so comments and layout do not matter
and any change of a figure, a status or a source makes another version.
"""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal

from goliard.rules.grants.figures import DIMENSIONS, Unit
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import CountryGroup, Figure, LumpSum, Region, Restriction, Rounding, Table, TableFault, TravelBand, unit_of
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


def version(table: Table) -> str:
    """The name of a table's content for ever: the SHA-256 of its canonical text, in hexadecimal."""
    return hashlib.sha256(dump_table(table).encode()).hexdigest()


# reading, one function a kind of row


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
    unit = unit_of(name)
    if row.text("unit") != unit:
        raise row.fault(f"{name} is counted in {unit}")
    where = row.conditions("where")
    for dimension, value in where.items():
        known = DIMENSIONS.get(dimension, frozenset())
        if not (COUNTRY.fullmatch(value) if known is None else value in known):
            raise row.fault(f"{dimension} = {value} is no condition that the engine knows")
    if row.has("value") and row.is_yes_no("value") is not (unit is Unit.YES_NO):
        raise row.fault(f"{name} is counted in {unit}")
    figure = Figure(
        name=name,
        value=_value(row, "value", status),
        unit=unit,
        status=status,
        sources=row.texts("sources"),
        where=tuple(sorted(where.items())),
        note=row.text("note", ""),
    )
    row.nothing_else()
    return figure


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


# writing


def dump_table(table: Table) -> str:
    """Write the canonical text: the same table gives the same characters."""
    head = [f"action = {_quoted(table.action)}", f"call = {table.call}"]
    if table.note:
        head.append(f"note = {_quoted(table.note)}")
    return "\n".join([*head, *_rows(table)]) + "\n"


def _rows(table: Table) -> Iterator[str]:
    for rounding in table.roundings:
        yield from _section("roundings", step=rounding.step, sender=rounding.sender, to=rounding.to, mode=rounding.mode)
        yield from _evidence(rounding.status, rounding.sources, rounding.note)
    for group in table.groups:
        yield from _section("groups", group=group.group, countries=group.countries)
        yield from _evidence(group.status, group.sources, group.note)
    for region in table.regions:
        yield from _section(
            "regions",
            region=region.number,
            name_nl=region.name.nl,
            name_en=region.name.en,
            partner=region.partner,
            countries=region.countries,
        )
        yield from _evidence(region.status, region.sources)
    for band in table.travel_bands:
        green = {"green": band.green.value, "green_status": band.green.status} if band.green else {}
        yield from _section("travel_bands", km_from=band.km_from, km_to=band.km_to, standard=band.standard.value, **green)
        yield from _evidence(band.standard.status, band.standard.sources, band.standard.note)
    for step in table.lump_sums:
        yield from _section("lump_sums", days_from=step.days_from, days_to=step.days_to, eur=step.sum.value)
        yield from _evidence(step.sum.status, step.sum.sources, step.sum.note)
    for figure in table.figures:
        value = bool(figure.value) if figure.unit == Unit.YES_NO and figure.value is not None else figure.value
        yield from _section("figures", name=figure.name, where=dict(figure.where), value=value, unit=figure.unit)
        yield from _evidence(figure.status, figure.sources, figure.note)
    for rule in table.restrictions:
        yield from _section(
            "restrictions",
            rule=rule.rule,
            because_nl=rule.because.nl,
            because_en=rule.because.en,
            direction=rule.direction,
            participant=rule.participant,
            cycles=rule.cycles,
            activities=rule.activities,
            countries=rule.countries,
        )
        yield from _evidence(rule.status, rule.sources)


def _section(section: str, /, **values: object) -> Iterator[str]:
    yield ""
    yield f"[[{section}]]"
    yield from _lines(values)


def _evidence(status: Status, sources: tuple[str, ...], note: str = "") -> Iterator[str]:
    return _lines({"status": status, "sources": sources, "note": note})


def _lines(values: dict[str, object]) -> Iterator[str]:
    """Write `key = value` for every value that is there; nothing for None and for empty texts and collections."""
    for key, value in values.items():
        if isinstance(value, int | Decimal) or value:
            yield f"{key} = {_toml(value)}"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | Decimal):
        return f"{Decimal(value).normalize():f}"
    if isinstance(value, dict):
        pairs = (f"{key} = {word if word.isdigit() else _quoted(word)}" for key, word in value.items())
        return "{ " + ", ".join(pairs) + " }"
    if isinstance(value, frozenset):
        return _list(sorted(value))
    if isinstance(value, tuple):
        return _list(value)
    return _quoted(str(value))


def _list(words: Iterable[str]) -> str:
    return "[" + ", ".join(_quoted(word) for word in words) + "]"


def _quoted(text: str) -> str:
    """A TOML basic string; control characters and the rest of Unicode as escapes where TOML asks for them."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(char if char >= " " and char != "\x7f" else f"\\u{ord(char):04x}" for char in escaped) + '"'
