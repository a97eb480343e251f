"""Dump everything that a folder can hold; loading it into an empty database gives the same again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.storage import default_storage

from goliard.apps.content.models import Image
from goliard.apps.transfer.csv_files import render_sheet
from goliard.apps.transfer.markdown_files import render_document
from goliard.apps.transfer.pictures import ENDINGS, FOLDER
from goliard.apps.transfer.reading import ABOUT, FORMAT
from goliard.apps.transfer.stored import Row, read_lists, read_rows
from goliard.apps.transfer.table import Identity, Short, Table
from goliard.apps.transfer.tables import BY_NAME, TABLES


class FolderNotEmpty(ValueError):
    """A dump writes into a new or empty folder only, so that no file of an earlier one stays behind."""


def dump_folder(*, folder: Path) -> dict[str, int]:
    """Write the folder and return the number of rows by file. Raises `FolderNotEmpty`; an existing empty folder is used."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / ABOUT).write_bytes(f"format: {FORMAT}\n".encode())
    shorts = _Shorts()
    counts: dict[str, int] = {}
    for table in TABLES:
        rows = _rows(table)
        if table.form == "markdown":
            _write_documents(folder, table, rows)
        else:
            rows = [row for row in rows if not shorts.hides(table, row)]
            if rows:
                cells = [_cells(table, row, lists, shorts) for row, lists in _with_lists(table, rows)]
                (folder / table.file).write_bytes(render_sheet(table.heading, cells))
        if rows:
            counts[table.file] = len(rows)
    _write_pictures(folder)
    return counts


def _rows(table: Table) -> list[Row]:
    """Return the table's rows in the order of their keys; persons only where something in the folder names them."""
    rows = read_rows(table)
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


def _cells(table: Table, row: Row, lists: dict[str, tuple[str, ...]], shorts: _Shorts) -> list[str]:
    own = table.identify(row.values)
    cells = {column.name: column.write(row.values[column.name]) for column in table.columns}
    if table.name == "images":
        cells["file"] = _picture_name(cells["key"])
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


def _write_pictures(folder: Path) -> None:
    for image in Image.objects.select_related("file").order_by("key"):
        target = folder / FOLDER / _picture_name(image.key, image.file.content_type)
        target.parent.mkdir(exist_ok=True)
        with default_storage.open(image.file.storage_name, "rb") as stream:
            target.write_bytes(stream.read())


def _picture_name(key: str, content_type: str = "") -> str:
    kind = content_type or Image.objects.values_list("file__content_type", flat=True).get(key=key)
    return f"{key}.{ENDINGS[kind]}"
