"""What the database holds, in the words of the folder: rows by identity, keys, lists."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from goliard.apps.transfer.columns import Column, ListColumn
from goliard.apps.transfer.table import Identity, Table
from goliard.apps.transfer.tables import BY_NAME


@dataclass(frozen=True, slots=True)
class Row:
    """A stored row; references are keys of the rows referred to, "" for none."""

    pk: int
    values: dict[str, Any]


@dataclass(slots=True)
class Stored:
    """Reads each table once, when it is first asked for."""

    _rows: dict[str, dict[Identity, Row]] = field(default_factory=dict)
    _keys: dict[str, dict[str, int]] = field(default_factory=dict)

    def rows(self, table: Table) -> dict[Identity, Row]:
        """Return the stored rows by identity."""
        if table.name not in self._rows:
            self._rows[table.name] = {table.identify(row.values): row for row in reversed(read_rows(table))}
        return self._rows[table.name]

    def keys(self, name: str) -> dict[str, int]:
        """Return primary keys by key, of a table to which others refer. The caller adds the rows that it creates."""
        if name not in self._keys:
            table = BY_NAME[name]
            if len(table.key) > 1:
                self._keys[name] = {table.handle(row.values): row.pk for row in self.rows(table).values()}
            else:
                column = table.by_name[table.key[0]]
                found = table.model._default_manager.order_by().values_list(column.path, "pk")
                self._keys[name] = {column.write(key): pk for key, pk in found}
        return self._keys[name]


def read_rows(table: Table) -> list[Row]:
    """Return every row of the table, oldest first."""
    paths = [column.path for column in table.columns]
    found = table.model._default_manager.order_by("pk").values_list("pk", *paths)
    return [
        Row(pk, {column.name: _value(column, value) for column, value in zip(table.columns, cells, strict=True)}) for pk, *cells in found
    ]


def read_lists(item: ListColumn) -> dict[int, tuple[str, ...]]:
    """Return the items by the primary key of the row to which they belong: in their order, or sorted the same on every database."""
    paths = [f"{item.parent}_id", item.path, *([item.first] if item.first else [])]
    found: dict[int, list[tuple[bool, str]]] = defaultdict(list)
    order = ("position", "pk") if item.ordered else ()
    for parent, value, *first in item.model._default_manager.order_by(*order).values_list(*paths):
        found[parent].append((not any(first), item.kind.write(value)))
    return {parent: tuple(text for _, text in (items if item.ordered else sorted(items))) for parent, items in found.items()}


def _value(column: Column, value: Any) -> Any:
    return column.write(value) if column.refers_to else value
