"""A table: one file (or one folder of Markdown files) and the rows behind it, described once for load, dump, dry run and docs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db import models

from goliard.apps.transfer.columns import Column, ListColumn
from goliard.rules.values.texts import Text

Values = Mapping[str, Any]
Identity = tuple[str, ...]
RowCheck = Callable[[Values], Iterable[tuple[str, Text]]]  # (column, reason) for what is wrong with the row by itself


@dataclass(frozen=True, slots=True)
class Short:
    """A column that is short for one undated row of another table: `name_en` for an official name in English."""

    name: str
    table: str
    column: Column  # of the other table: the cell's content
    row: tuple[tuple[str, Any], ...]  # the other columns of that row
    kept_in: str  # the field of the parent that repeats it
    about: str


@dataclass(frozen=True, slots=True)
class Table:
    """What a file holds. `key` are the columns by which a row is known again; `identity` may narrow them further.

    `parent` is the reference whose row is touched (its names, its search key) when a row of this table changes.
    """

    name: str
    model: type[models.Model]
    about: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    form: Literal["csv", "markdown"] = "csv"
    lists: tuple[ListColumn, ...] = ()
    shorts: tuple[Short, ...] = ()
    parent: str = ""
    check: RowCheck | None = None
    identity: Callable[[Values, Identity], Identity] | None = None
    # primary keys of rows that stand in no folder; the reason stands beside the function
    left_out: Callable[[], set[int]] | None = None
    # before a record is compared: values that follow from others (`True`: the row is new)
    fill: Callable[[dict[str, Any], bool], None] | None = None
    # before rows change: keep what they said
    before: Callable[[set[int], datetime], None] | None = None
    # after the rows are written: computed fields of the touched rows
    finish: Callable[[set[int], date], None] | None = None

    @property
    def file(self) -> str:
        """The file's name, or the folder's."""
        return f"{self.name}.csv" if self.form == "csv" else f"{self.name}/"

    @property
    def by_name(self) -> dict[str, Column]:
        """The columns by name."""
        return {column.name: column for column in self.columns}

    @property
    def heading(self) -> tuple[str, ...]:
        """Every column of the file, in the order in which a dump writes them: key, shorts, the rest, lists."""
        plain = [column.name for column in self.columns]
        first = len(self.key)
        return (*plain[:first], *(short.name for short in self.shorts), *plain[first:], *(item.name for item in self.lists))

    def handle(self, values: Values) -> str:
        """Return how a row of another table refers to this one: its key, the cells of several columns joined by a slash."""
        columns = self.by_name
        return "/".join(columns[name].write(values.get(name)) for name in self.key)

    def identify(self, values: Values) -> Identity:
        """Return by what a row is known again."""
        columns = self.by_name
        plain = tuple(columns[name].write(values.get(name)) for name in self.key)
        return self.identity(values, plain) if self.identity else plain


def batches(keys: Iterable[int], size: int = 500) -> list[list[int]]:
    """Return primary keys in parts that every database takes in one question."""
    ordered = sorted(keys)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of an image with what they turned out to be."""

    name: str
    content: bytes
    content_type: str
    sha256: str


@dataclass(slots=True)
class Record:
    """A row as a folder gives it: only the columns that its file has."""

    table: Table
    file: str
    row: int | None
    values: dict[str, Any]
    lists: dict[str, tuple[str, ...]]
    as_column: str = ""  # the short column that it came from
    picture: Picture | None = None

    @property
    def identity(self) -> Identity:
        """By what the row is known again."""
        return self.table.identify(self.values)
