"""Two CSV files in, a market out, or the first thing that is wrong with its file, row and column.

The files are taken as hostile: unknown encodings, NUL, huge cells, missing, double and unknown columns, gaps and contradictions are
all refused with a reason. Rows are counted as a spreadsheet shows them: the header is row 1. Blank lines are skipped.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, Wish
from goliard.rules.values.texts import Text

LONGEST_CELL = 200
MOST_PLACES = 1_000_000
LONGEST_LIST = 1_000
SCORE = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?", re.ASCII)
COUNT = re.compile(r"[0-9]{1,7}", re.ASCII)
APPLICANT_COLUMNS = ("applicant", "wish", "destination", "score"), ("group",)
DESTINATION_COLUMNS = ("destination", "places"), ("reserved_group", "reserved_places", "max_group", "max_places")


class TableProblem(ValueError):
    """What is wrong, and where. `row` counts from 1 (the header); `column` is a column's name or empty for the whole row."""

    def __init__(self, file: str, row: int, column: str, because: Text) -> None:
        super().__init__(f"{file}, row {row}{column and f', column {column}'}: {because.en}")
        self.file, self.row, self.column, self.because = file, row, column, because

    def in_language(self, language: str) -> str:
        """The whole message."""
        row, column = ("rij", "kolom") if language == "nl" else ("row", "column")
        place = f"{self.file}, {row} {self.row}" + (f", {column} {self.column}" if self.column else "")
        return f"{place}: {self.because.in_language(language)}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number, and its cells by column, without blanks around them."""

    file: str
    number: int
    cells: Mapping[str, str]

    def problem(self, column: str, nl: str, en: str) -> TableProblem:
        """A problem in this row."""
        return TableProblem(self.file, self.number, column, Text(nl, en))

    def text(self, column: str) -> str:
        """A cell that must not be empty."""
        value = self.cells[column]
        if not value:
            raise self.problem(column, "deze cel is leeg.", "this cell is empty.")
        return value

    def count(self, column: str, least: int, most: int) -> int:
        """A whole number between two bounds, written in digits."""
        value = self.text(column)
        if not COUNT.fullmatch(value) or not least <= int(value) <= most:
            raise self.problem(
                column,
                f"“{value}” is geen geheel getal van {least} tot en met {most}.",
                f"“{value}” is no whole number from {least} to {most}.",
            )
        return int(value)

    def score(self, column: str) -> Decimal:
        """An exact decimal with a point, such as 7.9."""
        value = self.text(column)
        if not SCORE.fullmatch(value):
            raise self.problem(
                column,
                f"“{value}” is geen decimaal getal met een punt, zoals 7.9 (ten hoogste 18 cijfers aan elke kant).",
                f"“{value}” is no decimal number with a point, such as 7.9 (at most 18 digits on either side).",
            )
        return Decimal(value)


def read_market(
    applicants: bytes, destinations: bytes, *, applicants_name: str = "applicants", destinations_name: str = "destinations"
) -> Market:
    """The market that two CSV files describe. Raises `TableProblem`."""
    places = read_destinations(destinations, destinations_name)
    return Market(tuple(_applicants(applicants, applicants_name, places)), tuple(places.values()))


def read_destinations(data: bytes, name: str) -> dict[str, Destination]:
    """The destinations of `destination,places[,reserved_group,reserved_places][,max_group,max_places]`, by id. Raises `TableProblem`."""
    found: dict[str, Destination] = {}
    for row in rows(data, name, *DESTINATION_COLUMNS):
        destination = row.text("destination")
        if destination in found:
            raise row.problem("destination", f"“{destination}” staat er al.", f"“{destination}” is there already.")
        places = row.count("places", 0, MOST_PLACES)
        found[destination] = Destination(destination, places, _reserve(row, places), _maximum(row))
        _fits(row, found[destination])
    return found


def _reserve(row: Row, places: int) -> tuple[GroupPlaces, ...]:
    group, number = row.cells.get("reserved_group", ""), row.cells.get("reserved_places", "")
    if not group and not number:
        return ()
    if not group and row.count("reserved_places", 0, MOST_PLACES) == 0:
        return ()
    if not group:
        raise row.problem(
            "reserved_group", "er zijn plaatsen gereserveerd, maar voor welke groep?", "places are reserved, but for which group?"
        )
    if "reserved_places" not in row.cells:
        raise row.problem("reserved_group", "de kolom reserved_places ontbreekt.", "the column reserved_places is missing.")
    reserved = row.count("reserved_places", 0, MOST_PLACES)
    if reserved > places:
        raise row.problem(
            "reserved_places", f"{reserved} is meer dan de {places} plaatsen.", f"{reserved} is more than the {places} places."
        )
    return (GroupPlaces(group, reserved),)


def _maximum(row: Row) -> tuple[GroupPlaces, ...]:
    """A group and the most places it may hold: both cells are filled, or none."""
    group, number = row.cells.get("max_group", ""), row.cells.get("max_places", "")
    if not group and not number:
        return ()
    if not group:
        raise row.problem("max_group", "er is een maximum, maar voor welke groep?", "there is a maximum, but for which group?")
    if "max_places" not in row.cells:
        raise row.problem("max_group", "de kolom max_places ontbreekt.", "the column max_places is missing.")
    return (GroupPlaces(group, row.count("max_places", 0, MOST_PLACES)),)


def _fits(row: Row, destination: Destination) -> None:
    for entry in destination.reserves:
        if entry.places > (most := destination.maximum(entry.group)):
            raise row.problem(
                "max_places",
                f"voor deze groep zijn {entry.places} plaatsen gereserveerd; {most} is minder.",
                f"{entry.places} places are reserved for this group; {most} is fewer.",
            )


def differing_score(data: bytes, file: str) -> TableProblem | None:
    """The first row in which an applicant has another score than before, for a policy that takes one score an applicant."""
    scores: dict[str, Decimal] = {}
    for row in rows(data, file, *APPLICANT_COLUMNS):
        applicant, score = row.text("applicant"), row.score("score")
        first = scores.setdefault(applicant, score)
        if score != first:
            return row.problem(
                "score",
                f"{applicant} heeft eerder score {first}; serial-dictatorship vraagt één score per kandidaat.",
                f"{applicant} has score {first} before; serial-dictatorship takes one score an applicant.",
            )
    return None


@dataclass(slots=True)
class _Entry:
    """An applicant while the rows come in, in any order: per rank the number of the row and the wish."""

    group: str
    wishes: dict[int, tuple[int, Wish]]


def _applicants(data: bytes, file: str, places: Mapping[str, Destination]) -> Iterator[Applicant]:
    entries: dict[str, _Entry] = {}
    for row in rows(data, file, *APPLICANT_COLUMNS):
        applicant, wish = row.text("applicant"), _wish(row, places)
        group = row.cells.get("group", "")
        entry = entries.setdefault(applicant, _Entry(group, {}))
        if entry.group != group:
            raise row.problem(
                "group",
                f"“{group}” is anders dan de groep “{entry.group}” van {applicant} in een eerdere rij.",
                f"“{group}” differs from the group “{entry.group}” of {applicant} in an earlier row.",
            )
        if wish.rank in entry.wishes:
            raise row.problem("wish", f"{applicant} heeft al een wens {wish.rank}.", f"{applicant} already has a wish {wish.rank}.")
        entry.wishes[wish.rank] = row.number, wish
    for applicant, entry in sorted(entries.items()):
        yield Applicant(applicant, _in_order(file, applicant, entry), frozenset({entry.group} - {""}))


def _wish(row: Row, places: Mapping[str, Destination]) -> Wish:
    rank, destination = row.count("wish", 1, LONGEST_LIST), row.text("destination")
    if destination not in places:
        raise row.problem("destination", f"bestemming “{destination}” is onbekend.", f"destination “{destination}” is unknown.")
    return Wish(rank, destination, row.score("score"))


def _in_order(file: str, applicant: str, entry: _Entry) -> tuple[Wish, ...]:
    seen: set[str] = set()
    for expected, rank in enumerate(sorted(entry.wishes), start=1):
        number, wish = entry.wishes[rank]
        row = Row(file, number, {})
        if rank != expected:
            raise row.problem("wish", f"{applicant} heeft geen wens {expected}.", f"{applicant} has no wish {expected}.")
        if wish.destination in seen:
            raise row.problem(
                "destination", f"{applicant} noemt “{wish.destination}” tweemaal.", f"{applicant} names “{wish.destination}” twice."
            )
        seen.add(wish.destination)
    return tuple(entry.wishes[rank][1] for rank in sorted(entry.wishes))


def rows(data: bytes, file: str, required: tuple[str, ...], optional: tuple[str, ...]) -> Iterator[Row]:
    """The data rows of a CSV file (UTF-8, comma, optional byte order mark). Raises `TableProblem`."""
    records = _records(_decode(data, file), file)
    header = [cell.strip() for cell in next(records, (1, [""]))[1]]
    _check_header(header, file, required, optional)
    for number, record in records:
        if not record:
            continue
        if len(record) != len(header):
            raise TableProblem(
                file,
                number,
                "",
                Text(
                    f"{len(record)} cellen, maar de kop heeft er {len(header)}.", f"{len(record)} cells where the header has {len(header)}."
                ),
            )
        cells = {column: cell.strip() for column, cell in zip(header, record, strict=True)}
        for column, cell in cells.items():
            if len(cell) > LONGEST_CELL:
                raise TableProblem(
                    file, number, column, Text(f"langer dan {LONGEST_CELL} tekens.", f"longer than {LONGEST_CELL} characters.")
                )
            if not cell.isprintable():
                raise TableProblem(file, number, column, Text("bevat een onzichtbaar teken.", "holds an invisible character."))
        yield Row(file, number, cells)


def _decode(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        row = data.count(b"\n", 0, problem.start) + 1
        raise TableProblem(
            file,
            row,
            "",
            Text("geen UTF-8: bewaar het bestand als “CSV UTF-8”.", "not UTF-8: save the file as “CSV UTF-8”."),
        ) from problem


def _records(text: str, file: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            because = Text("geen leesbare CSV-rij (aanhalingstekens of een te grote cel).", "no readable CSV row (quotes or a huge cell).")
            raise TableProblem(file, number, "", because) from problem
        yield number, record


def _check_header(header: list[str], file: str, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
    for column in required:
        if column not in header:
            raise TableProblem(file, 1, column, Text("deze kolom ontbreekt.", "this column is missing."))
    for place, column in enumerate(header):
        if column not in required + optional:
            shown = column[:LONGEST_CELL] if column.isprintable() else repr(column[:LONGEST_CELL])
            raise TableProblem(file, 1, shown, Text(f"kolom {place + 1} is onbekend.", f"column {place + 1} is unknown."))
        if column in header[:place]:
            raise TableProblem(file, 1, column, Text("deze kolom komt tweemaal voor.", "this column occurs twice."))
