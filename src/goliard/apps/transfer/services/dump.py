"""Dump everything that a folder can hold; loading it into an empty database gives the same again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.utils.text import slugify

from goliard.apps.content.models import Image
from goliard.apps.transfer.csv_files import render_sheet
from goliard.apps.transfer.faults import CellRefused, Fault
from goliard.apps.transfer.markdown_files import render_document
from goliard.apps.transfer.pictures import ENDINGS, FOLDER
from goliard.apps.transfer.reading import ABOUT, FORMAT
from goliard.apps.transfer.stored import Row, read_lists, read_rows
from goliard.apps.transfer.table import Identity, Short, Table
from goliard.apps.transfer.tables import BY_NAME, TABLES
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text


class FolderNotEmpty(ValueError):
    """A dump writes into a new or empty folder only, so that no file of an earlier one stays behind."""


@dataclass(frozen=True, slots=True)
class DumpReport:
    """The number of rows by file, and what a load would refuse in them: rows that others wrote past the rules of the folder."""

    counts: dict[str, int]
    faults: tuple[Fault, ...]


def dump_folder(*, folder: Path) -> DumpReport:
    """Write the folder as the database stands at one moment. Raises `FolderNotEmpty`; an existing empty folder is used.

    A page whose address is no path below the folder is not written; it stands among the faults.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ABOUT).write_bytes(f"format: {FORMAT}\n".encode())
    with _snapshot():
        return _write_tables(folder)


@contextmanager
def _snapshot() -> Iterator[None]:
    """Read everything as it stood at one moment, also while the office works."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_tables(folder: Path) -> DumpReport:
    shorts = _Shorts()
    counts: dict[str, int] = {}
    faults: list[Fault] = []
    for table in TABLES:
        rows = _rows(table)
        unreadable = _unreadable(table, rows)
        faults += unreadable.values()
        if table.form == "markdown":
            _write_documents(folder, table, [row for row in rows if (row.pk, table.key[0]) not in unreadable])
        else:
            rows = [row for row in rows if not shorts.hides(table, row)]
            if rows:
                pictures = (
                    {image.pk: _picture_name(image) for image in Image.objects.select_related("file")} if table.name == "images" else {}
                )
                cells = [_cells(table, row, lists, shorts, pictures) for row, lists in _with_lists(table, rows)]
                (folder / table.file).write_bytes(render_sheet(table.heading, cells))
        if rows:
            counts[table.file] = len(rows)
    faults += _write_pictures(folder)
    return DumpReport(counts, tuple(faults))


def _unreadable(table: Table, rows: list[Row]) -> dict[tuple[int, str], Fault]:
    """Return what a load would refuse, by row and column: cells that do not fit, rows that share their key."""
    found: dict[tuple[int, str], Fault] = {}
    seen: set[Identity] = set()
    for row in rows:
        identity = table.identify(row.values)
        name = " | ".join(part for part in identity if part)
        if identity in seen:
            twice = Text(f"{name}: deze sleutel is er twee keer.", f"{name}: this key is there twice.")
            found[row.pk, "key"] = Fault(table.file, twice)
        seen.add(identity)
        for column in table.columns:
            text = column.write(row.values[column.name])
            try:
                if text:
                    column.kind.read(text)
            except (CellRefused, InvalidValue) as error:
                because = Text(f"{name}: {error.text.nl}", f"{name}: {error.text.en}")
                found[row.pk, column.name] = Fault(table.file, because, column=column.name)
    return found


def _rows(table: Table) -> list[Row]:
    """Return the table's rows in the order of their keys; persons only where something in the folder names them."""
    rows = read_rows(table)
    if table.left_out is not None:
        out = table.left_out()
        rows = [row for row in rows if row.pk not in out]
    if table.name == "persons":
        named = _named_persons()
        rows = [row for row in rows if str(row.values["key"]) in named]
    return sorted(rows, key=lambda row: _order(table, row))


def _order(table: Table, row: Row) -> tuple[Any, ...]:
    """Sort by key, numbers as numbers, so that a dump reads well and is always the same."""
    columns = table.by_name
    parts = [row.values[name] for name in table.key]
    cells = [
        (0, part, "") if isinstance(part, int) else (1, 0, columns[name].write(part)) for name, part in zip(table.key, parts, strict=True)
    ]
    return (*cells, (1, 0, "|".join(table.identify(row.values))))


def _named_persons() -> set[str]:
    names: set[str] = set()
    for table in TABLES:
        for column in table.columns:
            if column.refers_to == "persons":
                names.update(row.values[column.name] for row in read_rows(table))
    return names


def _with_lists(table: Table, rows: list[Row]) -> Iterator[tuple[Row, dict[str, tuple[str, ...]]]]:
    lists = {item.name: read_lists(item) for item in table.lists}
    for row in rows:
        yield row, {name: found.get(row.pk, ()) for name, found in lists.items()}


def _cells(table: Table, row: Row, lists: dict[str, tuple[str, ...]], shorts: _Shorts, pictures: dict[int, str]) -> list[str]:
    own = table.identify(row.values)
    cells = {column.name: column.write(row.values[column.name]) for column in table.columns}
    if pictures:
        cells["file"] = pictures[row.pk]
    cells |= {short.name: shorts.cell(table, own, short) for short in table.shorts}
    cells |= {name: ";".join(items) for name, items in lists.items()}
    return [cells[name] for name in table.heading]


class _Shorts:
    """Names that stand in a column of their parent's file instead of a file of their own."""

    def __init__(self) -> None:
        self._shown: dict[tuple[str, str], dict[str, str]] = {}
        self._hidden: dict[str, set[int]] = defaultdict(set)
        for parent in TABLES:
            for short in parent.shorts:
                self._collect(parent, short)

    def _collect(self, parent: Table, short: Short) -> None:
        table = BY_NAME[short.table]
        shown = self._shown[parent.name, short.name] = {}
        for row in read_rows(table):
            key = row.values[table.parent]
            if key not in shown and all(row.values[name] == value for name, value in short.row):
                shown[key] = row.values[short.column.name]
                self._hidden[table.name].add(row.pk)
        # what was made without name rows has its name all the same
        nameless = parent.model._default_manager.filter(names=None)
        shown.update({key: name for key, name in nameless.values_list(parent.key[0], short.kept_in) if name})

    def hides(self, table: Table, row: Row) -> bool:
        """Whether the row stands in its parent's file."""
        return row.pk in self._hidden[table.name]

    def cell(self, parent: Table, identity: Identity, short: Short) -> str:
        """Return the cell of the short column."""
        return self._shown[parent.name, short.name].get(identity[0], "")


def _write_documents(folder: Path, table: Table, rows: list[Row]) -> None:
    for row, lists in _with_lists(table, rows):
        front: dict[str, str | list[str]] = {}
        for column in table.columns[1:]:
            text = column.write(row.values[column.name])
            if text and not column.name.startswith("body_"):
                front[column.name] = text
        front |= {name: list(items) for name, items in lists.items() if items}
        path = folder / table.name / f"{row.values[table.key[0]]}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render_document(front, {language: row.values[f"body_{language}"] for language in ("nl", "en")}))


def _write_pictures(folder: Path) -> Iterator[Fault]:
    for image in Image.objects.select_related("file").order_by("key"):
        name = _picture_name(image)
        target = folder / FOLDER / name
        target.parent.mkdir(exist_ok=True)
        try:
            with default_storage.open(image.file.storage_name, "rb") as stream:
                target.write_bytes(stream.read())
        except OSError:
            yield Fault("images.csv", Text(f"{name}: het bestand is weg.", f"{name}: the file is gone."), column="file")


def _picture_names() -> dict[int, str]:
    return {image.pk: _picture_name(image) for image in Image.objects.select_related("file")}


def _picture_name(image: Image) -> str:
    return f"{slugify(image.key)}.{ENDINGS[image.file.content_type]}"
