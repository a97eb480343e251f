"""From bytes or records to rows: every cell read, every fault named by row and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from goliard.apps.people.services.student_feed.columns import CellWrong, read_cell
from goliard.apps.people.services.student_feed.faults import FeedFault, FeedRefused
from goliard.apps.people.services.student_feed.feeds import STUDENTS, Feed
from goliard.rules.values.cells import unharmed
from goliard.rules.values.texts import Text

MOST_ROWS, LARGEST = 200_000, 100 * 1024 * 1024
PERSONAL = ("given_name", "family_name", "native_name", "email", "esi", "nationalities", "languages")


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A good row: its number and what each column says; `None` for an empty cell, absent for a column that the file does not have."""

    number: int
    said: Mapping[str, Any]

    def __getitem__(self, key: str) -> Any:
        return self.said.get(key)

    @property
    def as_of(self) -> date:
        """The day for which the row speaks."""
        day: date = self.said["as_of"]
        return day


def read_feed(content: bytes, feed: Feed = STUDENTS) -> list[FeedRow]:
    """Return the rows of a CSV file (UTF-8; commas, or semicolons in the heading). Raises FeedRefused with every fault."""
    if len(content) > LARGEST:
        _refuse("Dit bestand is groter dan 100 MB.", "This file is larger than 100 MB.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        _refuse("Dit is geen UTF-8: sla het bestand op als «CSV UTF-8».", "This is not UTF-8: save the file as “CSV UTF-8”.", row)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",", strict=True)
    heading: list[str] = []
    records: list[tuple[int, dict[str, str]]] = []
    faults: list[FeedFault] = []
    try:
        for number, cells in enumerate(reader, 1):
            if number == 1:
                heading = [cell.strip().lower() for cell in cells]
            elif len(records) >= MOST_ROWS:
                _refuse(f"Meer dan {MOST_ROWS} rijen.", f"More than {MOST_ROWS} rows.", number)
            elif len(cells) == len(heading):
                records.append((number, {key: unharmed(cell).strip() for key, cell in zip(heading, cells, strict=True)}))
            elif cells:
                nl, en = (
                    f"De rij heeft {len(cells)} cellen, de kop {len(heading)}.",
                    f"The row has {len(cells)} cells, the heading {len(heading)}.",
                )
                faults.append(FeedFault(number, "", Text(nl, en)))
    except csv.Error as error:
        _refuse(f"Dit is geen geldige CSV: {error}.", f"This is not valid CSV: {error}.", reader.line_num)
    _check_heading(heading, feed)
    return _read([each for each in records if any(each[1].values())], faults, feed)


def rows_of_records(records: Sequence[Mapping[str, Any]], feed: Feed = STUDENTS) -> list[FeedRow]:
    """Return the rows of records that did not come as a file (JSON of an interface); the first is row 2, as in a file.

    Raises FeedRefused with every fault.
    """
    if len(records) > MOST_ROWS:
        _refuse(f"Meer dan {MOST_ROWS} rijen.", f"More than {MOST_ROWS} rows.")
    texts = [{key: "" if value is None else str(value).strip() for key, value in record.items()} for record in records]
    for keys in {frozenset(record) for record in texts}:
        _check_heading(list(keys), feed)
    return _read(list(enumerate(texts, 2)), [], feed)


def _refuse(nl: str, en: str, row: int = 0) -> None:
    raise FeedRefused([FeedFault(row, "", Text(nl, en))])


def _check_heading(heading: list[str], feed: Feed) -> None:
    faults = [
        FeedFault(1, key, Text("Deze kolom kent de invoer niet.", "The feed does not know this column."))
        for key in heading
        if key not in feed.by_key
    ]
    faults += [
        FeedFault(1, key, Text("Deze kolom staat er twee keer in.", "This column is there twice."))
        for key in set(heading)
        if heading.count(key) > 1
    ]
    faults += [
        FeedFault(1, column.key, Text("Deze kolom ontbreekt.", "This column is missing."))
        for column in feed.columns
        if column.required and column.key not in heading
    ]
    if faults:
        raise FeedRefused(faults)


def _read(records: Iterable[tuple[int, Mapping[str, str]]], faults: list[FeedFault], feed: Feed) -> list[FeedRow]:
    rows = [row for number, record in records if (row := _row(number, record, faults, feed))]
    _check_together(rows, faults, feed)
    if faults:
        raise FeedRefused(faults)
    return rows


def _row(number: int, record: Mapping[str, str], faults: list[FeedFault], feed: Feed) -> FeedRow | None:
    said: dict[str, Any] = {}
    before = len(faults)
    for key, cell in record.items():
        column = feed.by_key[key]
        try:
            said[key] = read_cell(column, cell) if cell else None
        except CellWrong as wrong:
            faults.append(FeedFault(number, key, wrong.text))
        if not cell and column.required:
            faults.append(FeedFault(number, key, Text("Deze cel is leeg.", "This cell is empty.")))
    started, ended = said.get(feed.since), said.get(feed.until)
    if started and ended and ended < started:
        faults.append(FeedFault(number, feed.until, Text("Dit ligt voor de eerste dag.", "This is before the first day.")))
    return FeedRow(number, said) if len(faults) == before else None


def _check_together(rows: Sequence[FeedRow], faults: list[FeedFault], feed: Feed) -> None:
    """One row a person and part; what is said of the person is said alike in each; an address and an ESI have one owner."""
    first_of: dict[str, FeedRow] = {}
    parts: dict[tuple[str, str], int] = {}
    owners: dict[tuple[str, str], FeedRow] = {}
    for row in rows:
        number = row[feed.number]
        earlier = parts.setdefault((number, row[feed.part]), row.number)
        if earlier != row.number:
            nl, en = (
                f"Dit staat al in rij {earlier}.",
                f"This is in row {earlier} already.",
            )
            faults.append(FeedFault(row.number, feed.part, Text(nl, en)))
        first = first_of.setdefault(number, row)
        for key in PERSONAL:
            if row[key] != first[key]:
                nl, en = (
                    f"Rij {first.number} zegt van deze persoon iets anders.",
                    f"Row {first.number} says something else of this person.",
                )
                faults.append(FeedFault(row.number, key, Text(nl, en)))
        for key in ("email", "esi"):
            owner = owners.setdefault((key, row[key]), row) if row[key] else row
            if owner[feed.number] != number:
                nl, en = f"Rij {owner.number} geeft dit aan iemand anders.", f"Row {owner.number} gives this to somebody else."
                faults.append(FeedFault(row.number, key, Text(nl, en)))
