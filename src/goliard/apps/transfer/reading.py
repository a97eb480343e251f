"""From the files of a folder to records: every cell parsed, every fault collected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from goliard.apps.transfer.columns import Column, ListColumn
from goliard.apps.transfer.csv_files import parse_sheet
from goliard.apps.transfer.faults import CellRefused, Fault, Faults
from goliard.apps.transfer.folder import Folder, decoded
from goliard.apps.transfer.markdown_files import parse_document, parse_front_matter
from goliard.apps.transfer.pictures import FOLDER as IMAGES
from goliard.apps.transfer.pictures import inspect
from goliard.apps.transfer.table import Identity, Record, Short, Table
from goliard.apps.transfer.tables import BY_NAME, TABLES
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

FORMAT = "1"
ABOUT = "folder.yaml"
EMPTY = Text("Dit veld is verplicht.", "This cell may not be empty.")
IGNORED = frozenset({"README.md", "LICENSE", ABOUT})


@dataclass(frozen=True, slots=True)
class Removal:
    """A row of `removals.csv`: take a row of another table away."""

    table: Table
    identity: Identity
    row: int


@dataclass(slots=True)
class Contents:
    """What a folder says. `known` holds every key that a file mentions, well-formed rows or not, so that one fault makes no second one."""

    records: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    removals: list[Removal] = field(default_factory=list)
    notes: list[Text] = field(default_factory=list)


def read_contents(folder: Folder, faults: Faults) -> Contents:
    """Parse every file of the folder; what cannot be used is left out and stands among the faults."""
    reader = _Reader(folder, faults)
    reader.read()
    _refuse_doubles(reader.contents, faults)
    return reader.contents


def _table_of(name: str) -> Table | None:
    if name.endswith(".csv") and "/" not in name:
        table = BY_NAME.get(name.removesuffix(".csv"))
        return table if table is not None and table.form == "csv" else None
    if name.endswith(".md") and "/" in name:
        table = BY_NAME.get(name.split("/", 1)[0])
        return table if table is not None and table.form == "markdown" else None
    return None


class _Reader:
    """Goes through the files of a folder once."""

    def __init__(self, folder: Folder, faults: Faults) -> None:
        self.folder = folder
        self.faults = faults
        self.contents = Contents(notes=folder.notes)
        self.used_pictures: set[str] = set()

    def read(self) -> None:
        """Read every file; pictures that no row names and files that have no place are faults."""
        if ABOUT in self.folder.files:
            self._read_about()
        for name in sorted(self.folder.files):
            table = _table_of(name)
            if table is not None and table.form == "csv":
                self._read_csv(table, name)
            elif table is not None:
                self._read_markdown(table, name)
            elif name == "removals.csv":
                self._read_removals(name)
            elif name not in IGNORED and not name.startswith(IMAGES):
                self._refuse(name, Text("Dit bestand hoort niet in een map.", "This file has no place in a folder."))
        for name in sorted(self.folder.files):
            if name.startswith(IMAGES) and name not in self.used_pictures:
                self._refuse(name, Text("Geen rij van images.csv noemt dit bestand.", "No row of images.csv names this file."))

    def _refuse(self, file: str, because: Text, *, row: int | None = None, column: str = "") -> None:
        self.faults.add(Fault(file, because, row=row, column=column))

    def _text(self, name: str) -> str | None:
        return decoded(self.folder.files[name], name, self.faults, self.contents.notes)

    def _read_about(self) -> None:
        try:
            about = parse_front_matter(self._text(ABOUT) or "")
        except CellRefused as error:
            self._refuse(ABOUT, error.text)
            return
        if about.get("format", FORMAT) != FORMAT:
            self._refuse(ABOUT, Text(f"Alleen vorm {FORMAT} kan worden gelezen.", f"Only format {FORMAT} can be read."), column="format")
        for name in sorted(set(about) - {"format", "title", "about"}):
            self._refuse(ABOUT, Text("Dit kenmerk bestaat niet.", "There is no such name."), column=name)

    def _read_csv(self, table: Table, name: str) -> None:
        text = self._text(name)
        sheet = parse_sheet(text, name, self.faults) if text is not None else None
        if sheet is None or not self._heading_fits(table, sheet.heading, name):
            return
        for row, cells in sheet.rows:
            self._read_row(Record(table, name, row, {}, {}), dict(zip(sheet.heading, cells, strict=True)))

    def _heading_fits(self, table: Table, heading: tuple[str, ...], name: str) -> bool:
        for column in heading:
            if column not in table.heading:
                self._refuse(name, Text("Deze kolom bestaat niet.", "There is no such column."), row=1, column=column)
        missing = [column for column in table.key if table.by_name[column].required and column not in heading]
        for column in missing:
            self._refuse(name, Text("Deze kolom ontbreekt.", "This column is missing."), row=1, column=column)
        return not missing

    def _read_markdown(self, table: Table, name: str) -> None:
        text = self._text(name)
        if text is None:
            return
        try:
            front, bodies = parse_document(text)
        except CellRefused as error:
            self._refuse(name, error.text)
            return
        inner = {table.key[0], "body_nl", "body_en"}
        for column in sorted(set(front) - (set(table.heading) - inner)):
            self._refuse(name, Text("Dit kenmerk bestaat niet.", "There is no such name."), column=column)
        lists = {item.name for item in table.lists}
        cells = {}
        for column, value in front.items():
            if isinstance(value, list) and column not in lists:
                self._refuse(name, Text("Hier hoort één waarde, geen lijst.", "Here belongs one value, not a list."), column=column)
            elif column not in inner:
                cells[column] = ";".join(value) if isinstance(value, list) else value
        cells[table.key[0]] = name.split("/", 1)[1].removesuffix(".md")
        self._read_row(Record(table, name, None, {}, {}), cells, {f"body_{language}": body for language, body in bodies.items()})

    def _read_row(self, record: Record, cells: Mapping[str, str], bodies: Mapping[str, str] = MappingProxyType({})) -> None:
        """Parse one row; a row with a fault is left out, but its key counts as known. Bodies keep the blanks around them."""
        before, table = self.faults.total, record.table
        for column in table.columns:
            if column.name in bodies:
                self._take(record, column, bodies[column.name])
            elif column.name in cells:
                self._take(record, column, cells[column.name].strip())
        for item in table.lists:
            if item.name in cells:
                record.lists[item.name] = self._items(record, item, cells[item.name])
        if table.name == "images" and record.values.get("file"):
            self._attach_picture(record)
        if table.check is not None and self.faults.total == before:
            for name, reason in table.check(record.values):
                self._refuse(record.file, reason, row=record.row, column=name)
        self.contents.known[table.name].add(table.handle(record.values))
        if self.faults.total == before:
            self.contents.records[table.name].append(record)
        for short in table.shorts:
            if cells.get(short.name, "").strip():
                self._read_short(record, short, cells[short.name].strip())

    def _read_short(self, record: Record, short: Short, text: str) -> None:
        table = BY_NAME[short.table]
        values = {table.parent: record.values.get(record.table.key[0]), **dict(short.row)}
        extra = Record(table, record.file, record.row, values, {}, as_column=short.name)
        before = self.faults.total
        self._take(extra, short.column, text)
        if self.faults.total == before:
            self.contents.records[short.table].append(extra)

    def _take(self, record: Record, column: Column, text: str) -> None:
        """Parse one cell into the record."""
        try:
            if text:
                value = column.kind.read(text)
                record.values[column.name] = column.kind.write(value) if column.refers_to else value
                return
        except (CellRefused, InvalidValue) as error:
            self._refuse(record.file, error.text, row=record.row, column=record.as_column or column.name)
            return
        if column.required:
            self._refuse(record.file, EMPTY, row=record.row, column=record.as_column or column.name)
        record.values[column.name] = column.empty

    def _items(self, record: Record, item: ListColumn, text: str) -> tuple[str, ...]:
        found: list[str] = []
        for part in filter(None, (part.strip() for part in text.split(";"))):
            try:
                value = item.kind.write(item.kind.read(part))
            except (CellRefused, InvalidValue) as error:
                self._refuse(record.file, error.text, row=record.row, column=item.name)
                continue
            if value in found:
                twice = Text(f"‘{value}’ staat er twee keer in.", f"“{value}” is there twice.")
                self._refuse(record.file, twice, row=record.row, column=item.name)
            found.append(value)
        return tuple(found)

    def _attach_picture(self, record: Record) -> None:
        name = record.values["file"]
        path = f"{IMAGES}{name}"
        if "/" in name or "\\" in name or path not in self.folder.files:
            because = Text(f"images/{name} staat niet in de map.", f"images/{name} is not in the folder.")
            self._refuse(record.file, because, row=record.row, column="file")
            return
        self.used_pictures.add(path)
        try:
            record.picture = inspect(name, self.folder.files[path])
            record.values["file"] = record.picture.sha256
        except CellRefused as error:
            self._refuse(record.file, error.text, row=record.row, column="file")

    def _read_removals(self, name: str) -> None:
        text = self._text(name)
        sheet = parse_sheet(text, name, self.faults) if text is not None else None
        if sheet is None:
            return
        if set(sheet.heading) != {"table", "key"}:
            self._refuse(name, Text("De kolommen zijn: table, key.", "The columns are: table, key."), row=1)
            return
        for row, cells in sheet.rows:
            given = dict(zip(sheet.heading, cells, strict=True))
            table = BY_NAME.get(given["table"])
            identity = tuple(part.strip() for part in given["key"].split("|"))
            if table is None:
                self._refuse(name, Text("Deze tabel bestaat niet.", "There is no such table."), row=row, column="table")
            elif len(identity) != len(table.key):
                shape = " | ".join(table.key)
                self._refuse(name, Text(f"De sleutel is: {shape}.", f"The key is: {shape}."), row=row, column="key")
            else:
                self.contents.removals.append(Removal(table, identity, row))


def _refuse_doubles(contents: Contents, faults: Faults) -> None:
    for table in TABLES:
        seen: dict[Identity, Record] = {}
        for record in contents.records[table.name]:
            first = seen.setdefault(record.identity, record)
            if first is not record:
                where = f"{first.file} {first.row or ''}".strip()
                because = Text(
                    f"Deze sleutel staat al in {where}: {_shown(record)}.",
                    f"This key is already in {where}: {_shown(record)}.",
                )
                faults.add(Fault(record.file, because, row=record.row, column=record.as_column or table.key[-1]))


def _shown(record: Record) -> str:
    return " | ".join(part for part in record.identity if part)


def references(record: Record) -> Iterator[tuple[str, str, str]]:
    """Yield (column, table, key) for everything to which the record refers."""
    for column in record.table.columns:
        value: Any = record.values.get(column.name)
        if column.refers_to and value:
            yield column.name, column.refers_to, str(value)
    for item in record.table.lists:
        if item.refers_to:
            yield from ((item.name, item.refers_to, key) for key in record.lists.get(item.name, ()))
