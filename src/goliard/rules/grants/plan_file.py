"""A plan as a CSV file: every cell checked, every fault named by row and column, nothing guessed."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from goliard.rules.grants.case import days_of_stay
from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.plan import PlanRow
from goliard.rules.grants.table import Table
from goliard.rules.values.distance import Point
from goliard.rules.values.period import Period
from goliard.rules.values.texts import Text

STAY_COLUMNS = ("days", "start", "end")
REQUIRED_COLUMNS = (
    "direction", "participant", "activity", "cycle", "count", "travel_days", "green", "fewer_opportunities",
    "from_country", "to_country", "from_lat", "from_lon", "to_lat", "to_lon",
)  # fmt: skip
COLUMNS = (*REQUIRED_COLUMNS, *STAY_COLUMNS)
LARGEST_FILE = 64 * 1024 * 1024
MOST_FAULTS = 100
LARGEST_COUNT, LONGEST_STAY = 100_000, 10_000

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a file. `row` counts as a spreadsheet does: the header is row 1; None is the file as a whole."""

    row: int | None
    column: str
    because: Text


class PlanFileRefused(Exception):
    """The file is no plan; `faults` say where and why, at most a hundred of them."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = faults


class _CellFault(Exception):
    """One cell is wrong."""

    def __init__(self, column: str, nl: str, en: str) -> None:
        super().__init__(en)
        self.column, self.because = column, Text(nl=nl, en=en)


def read_plan(content: bytes, table: Table) -> list[PlanRow]:
    """Read a plan: UTF-8 (a byte order mark is fine), comma or semicolon between columns, one header row.

    The table is asked how the programme counts the days between two dates. Raises `PlanFileRefused`, and never another error.
    """
    records = _records(_text(content))
    header = _header(next(records, None))
    rows: list[PlanRow] = []
    faults: list[Fault] = []
    for number, cells in records:
        try:
            rows.append(_row(number, _named(header, cells), table))
        except _CellFault as fault:
            faults.append(Fault(number, fault.column, fault.because))
            if len(faults) == MOST_FAULTS:
                break
    if faults:
        raise PlanFileRefused(tuple(faults))
    if not rows:
        raise _refused("het plan heeft geen mobiliteiten", "the plan has no mobilities")
    return rows


# the file


def _text(content: bytes) -> str:
    if len(content) > LARGEST_FILE:
        raise _refused("het bestand is groter dan 64 MB", "the file is larger than 64 MB")
    if b"\0" in content:
        raise _refused("het bestand bevat NUL-tekens en is geen CSV in UTF-8", "the file holds NUL characters and is no CSV in UTF-8")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        because = Text(nl="het bestand is niet in UTF-8", en="the file is not in UTF-8")
        raise PlanFileRefused((Fault(row, "", because),)) from None


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """Row numbers and cells, without rows that are empty throughout."""
    first = text.split("\n", 1)[0]
    separator = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        because = Text(nl=f"dit is geen CSV ({error})", en=f"this is no CSV ({error})")
        raise PlanFileRefused((Fault(number + 1, "", because),)) from None


def _header(record: tuple[int, list[str]] | None) -> list[str]:
    """The names of the columns. Raises for an empty file, and for unknown, repeated and lacking columns."""
    if record is None:
        raise _refused("het bestand is leeg", "the file is empty")
    number, names = record
    faults = []
    for name in dict.fromkeys(names):
        if name not in COLUMNS:
            faults.append(Fault(number, _shown(name), Text(nl="onbekende kolom", en="unknown column")))
        elif names.count(name) > 1:
            faults.append(Fault(number, name, Text(nl="deze kolom staat er meer dan eens", en="this column stands there more than once")))
    lacking = [name for name in REQUIRED_COLUMNS if name not in names]
    if "days" not in names and not {"start", "end"} <= set(names):
        lacking.append("days")
    faults += [Fault(number, name, Text(nl="deze kolom ontbreekt", en="this column is missing")) for name in lacking]
    if faults:
        raise PlanFileRefused(tuple(faults[:MOST_FAULTS]))
    return names


def _named(header: list[str], cells: list[str]) -> dict[str, str]:
    if len(cells) != len(header):
        raise _CellFault("", f"{len(cells)} cellen onder {len(header)} kolommen", f"{len(cells)} cells under {len(header)} columns")
    return dict.fromkeys(STAY_COLUMNS, "") | dict(zip(header, cells, strict=True))


def _refused(nl: str, en: str) -> PlanFileRefused:
    return PlanFileRefused((Fault(None, "", Text(nl=nl, en=en)),))


# one row


def _row(number: int, cells: dict[str, str], table: Table) -> PlanRow:
    participant = _word(cells, "participant", Participant)
    period = _period(cells)
    count = _integer(cells, "count", 1, LARGEST_COUNT)
    mobility = Mobility(
        direction=_word(cells, "direction", Direction),
        participant=participant,
        activity=_word(cells, "activity", Activity),
        cycle=_word(cells, "cycle", Cycle) if cells["cycle"] else None,
        days=_days(cells, participant, period, table),
        calendar_days=period.calendar_days if period else None,
        travel_days=_integer(cells, "travel_days", 0, LONGEST_STAY),
        green=_yes_no(cells, "green"),
        from_country=_country(cells, "from_country"),
        to_country=_country(cells, "to_country"),
        from_point=_point(cells, "from_lat", "from_lon"),
        to_point=_point(cells, "to_lat", "to_lon"),
    )
    fewer = _integer(cells, "fewer_opportunities", 0, LARGEST_COUNT)
    if fewer > count:
        raise _CellFault("fewer_opportunities", f"{fewer} is meer dan count ({count})", f"{fewer} is more than count ({count})")
    return PlanRow(number, mobility, count, fewer)


def _days(cells: dict[str, str], participant: Participant, period: Period | None, table: Table) -> int:
    """Days as typed, or as counted between the dates; where both are given they must agree."""
    if period is None:
        if not cells["days"]:
            raise _CellFault("days", "vul days in, of start en end", "give days, or start and end")
        return _integer(cells, "days", 1, LONGEST_STAY)
    counted = days_of_stay(period, participant, table)
    if cells["days"] and _integer(cells, "days", 1, LONGEST_STAY) != counted:
        raise _CellFault("days", f"van start tot en met end zijn {counted} dagen", f"from start to end are {counted} days")
    return counted


def _period(cells: dict[str, str]) -> Period | None:
    if not cells["start"] and not cells["end"]:
        return None
    start, end = _date(cells, "start"), _date(cells, "end")
    if end < start:
        raise _CellFault("end", "het einde ligt voor het begin", "the end lies before the start")
    return Period(start, end)


def _date(cells: dict[str, str], column: str) -> date:
    wrong = _wrong(cells, column, "geen datum als 2026-09-01", "no date like 2026-09-01")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cells[column]):  # `fromisoformat` also takes week dates
        raise wrong
    try:
        return date.fromisoformat(cells[column])
    except ValueError:
        raise wrong from None


def _integer(cells: dict[str, str], column: str, least: int, most: int) -> int:
    if not re.fullmatch(r"[0-9]{1,9}", cells[column]) or not least <= int(cells[column]) <= most:
        raise _wrong(cells, column, f"geen geheel getal van {least} tot {most}", f"no whole number from {least} to {most}")
    return int(cells[column])


def _point(cells: dict[str, str], latitude: str, longitude: str) -> Point:
    return Point(_degrees(cells, latitude, 90), _degrees(cells, longitude, 180))


def _degrees(cells: dict[str, str], column: str, most: int) -> float:
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", cells[column]) or abs(float(cells[column])) > most:
        raise _wrong(cells, column, f"geen decimale graden van -{most} tot {most}", f"no decimal degrees from -{most} to {most}")
    return float(cells[column])


def _country(cells: dict[str, str], column: str) -> str:
    code = cells[column]
    iso = {"UK": "GB", "EL": "GR"}.get(code)
    if iso:
        raise _wrong(cells, column, f"ISO 3166 schrijft {iso}", f"ISO 3166 writes {iso}")
    if not re.fullmatch(r"[A-Z]{2}", code):
        raise _wrong(cells, column, "geen landcode van twee hoofdletters (ISO 3166)", "no country code of two capitals (ISO 3166)")
    return code


def _yes_no(cells: dict[str, str], column: str) -> bool:
    if cells[column] not in {"yes", "no"}:
        raise _wrong(cells, column, "is yes of no", "is yes or no")
    return cells[column] == "yes"


def _word(cells: dict[str, str], column: str, kind: type[Word]) -> Word:
    try:
        return kind(cells[column])
    except ValueError:
        words = ", ".join(kind)
        raise _wrong(cells, column, f"kies uit {words}", f"choose from {words}") from None


def _wrong(cells: dict[str, str], column: str, nl: str, en: str) -> _CellFault:
    shown = _shown(cells[column])
    return _CellFault(column, f"{shown}: {nl}", f"{shown}: {en}")


def _shown(cell: str) -> str:
    """A cell in a message: short, and without characters that a terminal would obey."""
    safe = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in cell)
    return f"“{safe[:40]}…”" if len(safe) > 40 else f"“{safe}”"
