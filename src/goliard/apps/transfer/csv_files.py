"""CSV as the folder has it: UTF-8, commas, one heading, quotes where they are needed, `\\n` at the end of a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from goliard.apps.transfer.faults import Fault, Faults
from goliard.apps.transfer.kinds import LONGEST_CELL
from goliard.rules.values.cells import harmless, unharmed
from goliard.rules.values.texts import Text

MOST_ROWS = 200_000


@dataclass(frozen=True, slots=True)
class Sheet:
    """A heading and its rows; each row comes with the number that a spreadsheet shows beside it."""

    heading: tuple[str, ...]
    rows: list[tuple[int, tuple[str, ...]]]


def parse_sheet(text: str, name: str, faults: Faults) -> Sheet | None:
    """Return the sheet, cells without the marks that keep spreadsheets from running them, or None where there is no usable heading."""
    first = text.split("\n", 1)[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, tuple[str, ...]]] = []
    heading: tuple[str, ...] = ()
    number = 0
    try:
        for cells in reader:
            number += 1
            if number == 1:
                heading = tuple(cell.strip() for cell in cells)
                continue
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(heading):
                faults.add(Fault(name, _width(len(cells), len(heading)), row=number))
                continue
            if len(rows) >= MOST_ROWS:
                faults.add(Fault(name, Text(f"Meer dan {MOST_ROWS} rijen.", f"More than {MOST_ROWS} rows."), row=number))
                break
            if any(len(cell) > LONGEST_CELL for cell in cells):
                faults.add(Fault(name, _broken("field larger"), row=number))
                continue
            rows.append((number, tuple(unharmed(cell).strip() for cell in cells)))
    except csv.Error as error:
        faults.add(Fault(name, _broken(str(error)), row=number + 1))
    return Sheet(heading, rows) if _usable(heading, name, faults) else None


def render_sheet(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the file; a cell that a spreadsheet would run gets an apostrophe, which `parse_sheet` takes off again."""
    lines = [",".join(_cell(cell) for cell in row) for row in (heading, *rows)]
    return ("\n".join(lines) + "\n").encode()


def _cell(text: str) -> str:
    # numbers and dates never start with a command, except negative ones: those stay numbers
    safe = text if _is_number(text) else harmless(text)
    return '"' + safe.replace('"', '""') + '"' if any(char in safe for char in ',"\n\r') else safe


def _is_number(text: str) -> bool:
    return text.startswith("-") and text[1:].replace(".", "", 1).isascii() and text[1:].replace(".", "", 1).isdigit()


def _usable(heading: tuple[str, ...], name: str, faults: Faults) -> bool:
    if not heading or not any(heading):
        faults.add(Fault(name, Text("De eerste rij heeft geen kolomnamen.", "The first row has no column names."), row=1))
        return False
    twice = sorted({column for column in heading if heading.count(column) > 1})
    for column in twice:
        faults.add(Fault(name, Text("Deze kolom staat er twee keer in.", "This column is there twice."), row=1, column=column))
    return not twice


def _width(found: int, expected: int) -> Text:
    return Text(
        f"De rij heeft {found} cellen; de kop heeft er {expected} (ontbreken er aanhalingstekens om een komma?).",
        f"The row has {found} cells; the heading has {expected} (is a comma not between quotes?).",
    )


def _broken(error: str) -> Text:
    if "field larger" in error:
        return Text(f"Een cel is langer dan {LONGEST_CELL} tekens.", f"A cell is longer than {LONGEST_CELL} characters.")
    return Text(f"Dit is geen geldige CSV: {error}.", f"This is not valid CSV: {error}.")
