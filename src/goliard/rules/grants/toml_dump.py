"""A table as text, in one canonical way: the same table gives the same characters, and their hash is its version.

So comments and layout of a file do not matter, and any change of a figure, a status or a source makes another version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from decimal import Decimal

from goliard.rules.grants.figures import Unit
from goliard.rules.grants.status import Status
from goliard.rules.grants.table import Table


def version(table: Table) -> str:
    """The name of a table's content for ever: the SHA-256 of its canonical text, in hexadecimal."""
    return hashlib.sha256(dump_table(table).encode()).hexdigest()


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
