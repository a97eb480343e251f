"""Every table of the folder, in the order in which rows are written: a table comes after those that it refers to."""

from __future__ import annotations

from goliard.apps.transfer.table import Table
from goliard.apps.transfer.tables import (
    agreements,
    content,
    countries,
    funding,
    grants,
    networks,
    organisations,
    people,
    projects,
    rounds,
    units,
)

TABLES: tuple[Table, ...] = (
    *countries.TABLES,
    *organisations.TABLES,
    *units.TABLES,
    *networks.TABLES,
    *people.TABLES,
    *funding.TABLES,
    *projects.TABLES,
    *agreements.TABLES,
    *rounds.TABLES,
    *grants.TABLES,
    *content.TABLES,
)
BY_NAME: dict[str, Table] = {table.name: table for table in TABLES}
_columns = frozenset(found.refers_to for table in TABLES for found in table.columns)
_lists = frozenset(found.refers_to for table in TABLES for found in table.lists)
REFERRED = _columns | _lists  # tables to whose rows others refer
