"""The bytes of a workbook or CSV file, read with suspicion, as a heading and rows of plain cells.

Nothing is computed, followed or run: a formula, an error value and a merged cell come out as what they are, for a person to solve.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import load_workbook

from goliard.rules.values.cells import unharmed
from goliard.rules.values.folding import fold
from goliard.rules.values.texts import Text

MEGABYTE = 1024 * 1024
LARGEST, LARGEST_UNPACKED, MOST_PARTS = 5 * MEGABYTE, 60 * MEGABYTE, 500
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL, LAST_ROW = 10_000, 60, 2_000, 20_000
HEADING_WITHIN = 20  # rows
_MERGED = re.compile(rb'<mergeCell [^>]*ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_ENTITY = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class SheetRefused(Exception):
    """The file cannot be read as a table; `because` says why."""

    def __init__(self, nl: str, en: str) -> None:
        super().__init__(en)
        self.because = Text(nl, en)


@dataclass(frozen=True, slots=True)
class Odd:
    """A cell that holds no plain value: a formula, an error value, a part of a merged cell."""

    because: Text


FORMULA = Odd(Text("Hier staat een formule; plak de waarde.", "This is a formula; paste its value."))
ERROR = Odd(Text("Hier staat een foutwaarde van het rekenblad.", "This is an error value of the spreadsheet."))
MERGED = Odd(Text("Deze cel is samengevoegd met andere; splits ze.", "This cell is merged with others; split them."))

Cell = str | int | float | bool | date | Odd | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the spreadsheet numbers it, from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its heading, its rows without empty ones, and what the reader should know about how it was read."""

    heading: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[Text, ...] = ()


def read_sheet(content: bytes, known: frozenset[str]) -> Sheet:
    """Return the table in a workbook (XLSX) or CSV file. Raises SheetRefused.

    `known` are folded headings: the row with most of them among the first twenty is the heading; what stands above it is a title.
    """
    if not content:
        raise SheetRefused("Dit bestand is leeg.", "This file is empty.")
    if len(content) > LARGEST:
        raise SheetRefused("Dit bestand is groter dan 5 MB.", "This file is larger than 5 MB.")
    if content.startswith(b"PK"):
        rows, notes = _workbook(content)
    elif content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetRefused(
            "Dit is een oude (.xls) of beveiligde werkmap; bewaar haar als XLSX zonder wachtwoord.",
            "This is an old (.xls) or protected workbook; save it as XLSX without a password.",
        )
    else:
        rows, notes = _csv(content)
    return _table(rows, notes, known)


def _table(rows: Sequence[Row], notes: list[Text], known: frozenset[str]) -> Sheet:
    if not rows:
        raise SheetRefused("Er staat niets in deze tabel.", "There is nothing in this table.")
    head = [row for row in rows if row.number <= HEADING_WITHIN] or [rows[0]]
    heading = max(head, key=lambda row: (sum(folded(cell) in known for cell in row.cells), -row.number))
    below = [row for row in rows if row.number > heading.number]
    if len(below) > MOST_ROWS:
        raise SheetRefused(f"Er zijn meer dan {MOST_ROWS} rijen; splits ze.", f"There are more than {MOST_ROWS} rows; split them.")
    if not below:
        raise SheetRefused("Onder de koppen staat geen enkele rij.", "There is no row below the headings.")
    width = len(heading.cells)
    while width and heading.cells[width - 1] in (None, ""):
        width -= 1
    names = tuple("" if cell is None or isinstance(cell, Odd) else str(cell).strip()[:120] for cell in heading.cells[:width])
    cut = tuple(Row(row.number, (*row.cells, *([None] * width))[:width]) for row in below)
    if any(cell not in (None, "") for row in below for cell in row.cells[width:]):
        notes.append(Text("Cellen zonder kop erboven zijn niet gelezen.", "Cells without a heading above them were not read."))
    return Sheet(names, cut, tuple(notes))


def folded(cell: object) -> str:
    """Return a heading as headings are compared; empty for what is no text."""
    return fold(cell) if isinstance(cell, str) else ""


def _workbook(content: bytes) -> tuple[list[Row], list[Text]]:
    _inspect(content)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except Exception:
        raise SheetRefused("Dit bestand is geen leesbare XLSX-werkmap.", "This file is no readable XLSX workbook.") from None
    try:
        return _sheet(book, content)
    except SheetRefused:
        raise
    except Exception:
        raise SheetRefused("Dit werkblad is beschadigd.", "This worksheet is damaged.") from None
    finally:
        book.close()


def _sheet(book: Any, content: bytes) -> tuple[list[Row], list[Text]]:
    notes = []
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    if not sheets:
        raise SheetRefused("Deze werkmap heeft geen zichtbaar werkblad.", "This workbook has no visible sheet.")
    if len(book.worksheets) > 1:
        name = sheets[0].title
        notes.append(Text(f"Alleen het werkblad ‘{name}’ is gelezen.", f"Only the sheet “{name}” was read."))
    sheets[0].reset_dimensions()  # what the file claims about its size is no fact
    merged = _merged(content, sheets[0]._worksheet_path)  # noqa: SLF001 -- there is no other name for the part behind a sheet
    return list(_rows(sheets[0].iter_rows(), merged)), notes


def _rows(found: Iterable[Any], merged: list[tuple[int, int, int, int]]) -> Iterator[Row]:
    for number, cells in enumerate(found, start=1):
        values = [_value(cell) for cell in cells]
        if number > HEADING_WITHIN or not _is_title(values):
            for first, top, last, bottom in merged:
                if top <= number <= bottom:
                    values += [None] * (last - len(values))
                    values[first - 1 : last] = [MERGED] * (last - first + 1)
        if all(value in (None, "") for value in values):
            if number > LAST_ROW:
                raise SheetRefused(
                    f"Het werkblad loopt door tot voorbij rij {LAST_ROW}; verwijder de lege rijen.",
                    f"The sheet goes on beyond row {LAST_ROW}; delete the empty rows.",
                )
            continue
        if any(value not in (None, "") for value in values[MOST_COLUMNS:]):
            raise SheetRefused(f"Er zijn meer dan {MOST_COLUMNS} kolommen.", f"There are more than {MOST_COLUMNS} columns.")
        yield Row(number, tuple(values[:MOST_COLUMNS]))


def _is_title(values: list[Cell]) -> bool:
    """Whether a row holds one text at most: a title above the table, whose merged cells harm nobody."""
    return sum(value not in (None, "") for value in values) <= 1


def _value(cell: Any) -> Cell:
    value = cell.value
    if cell.data_type == "f":
        return FORMULA
    if cell.data_type == "e":
        return ERROR
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, bool | int | float | date):
        return value
    return _plain(str(value))


def _plain(text: str) -> Cell:
    stripped = text.replace("\u00a0", " ").strip()
    return unharmed(stripped) if stripped.startswith("'") else FORMULA if stripped.startswith("=") else stripped


def _inspect(content: bytes) -> None:
    """Refuse macros, bombs, entities and what is no archive at all, before a library opens it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                raise SheetRefused("Deze werkmap is uitgepakt te groot.", "This workbook is too large when it is unpacked.")
            if any(part.flag_bits & 1 for part in parts):
                raise SheetRefused("Deze werkmap is versleuteld.", "This workbook is encrypted.")
            if any(part.filename.lower().endswith((".bin", ".vbs")) and "vba" in part.filename.lower() for part in parts):
                raise SheetRefused("Deze werkmap bevat macro's; bewaar haar als XLSX.", "This workbook holds macros; save it as XLSX.")
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and _ENTITY.search(archive.read(part)):
                    raise SheetRefused("Deze werkmap bevat entiteiten.", "This workbook holds entities.")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, RuntimeError, ValueError):
        raise SheetRefused("Dit bestand is geen leesbare XLSX-werkmap.", "This file is no readable XLSX workbook.") from None


def _merged(content: bytes, path: str) -> list[tuple[int, int, int, int]]:
    """Return merged ranges as (first column, top, last column, bottom)."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = _MERGED.findall(archive.read(path))[:1000]
    ranges = [(_column(left), int(top), _column(right), int(bottom)) for left, top, right, bottom in found]
    return [(first, top, min(last, MOST_COLUMNS), bottom) for first, top, last, bottom in ranges if first <= MOST_COLUMNS]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def decoded(content: bytes) -> tuple[str, list[Text]]:
    """Return the text of a CSV file: UTF-8 with or without its mark, UTF-16 with it, or else Windows' Western European (noted)."""
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        told = Text("Gelezen als Windows-1252; bewaar als ‘CSV UTF-8’.", "Read as Windows-1252; save as “CSV UTF-8”.")
        return text, [told] if encoding == "cp1252" else []
    raise SheetRefused("Dit bestand is geen tekst die te lezen is.", "This file is no text that can be read.")


def _csv(content: bytes) -> tuple[list[Row], list[Text]]:
    text, notes = decoded(content)
    head = text[:100_000].splitlines()[:HEADING_WITHIN]
    delimiter = max(";,\t", key=lambda mark: max((line.count(mark) for line in head), default=0))
    rows: list[Row] = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True), start=1):
            if len(cells) > MOST_COLUMNS:
                raise SheetRefused(f"Er zijn meer dan {MOST_COLUMNS} kolommen.", f"There are more than {MOST_COLUMNS} columns.")
            if len(rows) > MOST_ROWS + HEADING_WITHIN:
                raise SheetRefused(f"Er zijn meer dan {MOST_ROWS} rijen.", f"There are more than {MOST_ROWS} rows.")
            if any(cell.strip() for cell in cells):
                rows.append(Row(number, tuple(_plain(cell) for cell in cells)))
    except csv.Error as error:
        raise SheetRefused(f"De CSV is niet goed gevormd: {error}.", f"The CSV is not well formed: {error}.") from None
    return rows, notes
