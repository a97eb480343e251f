"""What would change: the records of a folder beside the rows of the database."""

from __future__ import annotations

from dataclasses import dataclass, field

from goliard.apps.transfer.columns import ListColumn
from goliard.apps.transfer.faults import Fault, Faults
from goliard.apps.transfer.reading import Contents, references
from goliard.apps.transfer.report import Change, TableReport
from goliard.apps.transfer.stored import Row, Stored, read_lists
from goliard.apps.transfer.table import Record, Table
from goliard.apps.transfer.tables import BY_NAME, TABLES
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class Step:
    """A record with the row that it meets: `row` is None for a new one; `columns` and `lists` name what differs."""

    record: Record
    row: Row | None
    columns: frozenset[str]
    lists: frozenset[str]


@dataclass(slots=True)
class TablePlan:
    """The steps of one table, and what the report says of them."""

    table: Table
    new: list[Step] = field(default_factory=list)
    changed: list[Step] = field(default_factory=list)
    report: TableReport = field(init=False)

    def __post_init__(self) -> None:
        self.report = TableReport(self.table.name)


def check_references(contents: Contents, stored: Stored, faults: Faults) -> None:
    """Add a fault for every key that neither the folder nor the database knows."""
    for table in TABLES:
        for record in contents.records[table.name]:
            for column, target, key in references(record):
                if key not in contents.known[target] and key not in stored.keys(target):
                    where = BY_NAME[target].file
                    because = Text(
                        f"‘{key}’ staat niet in {where} en niet in de gegevens van deze installatie.",
                        f"“{key}” is neither in {where} nor in this installation's data.",
                    )
                    faults.add(Fault(record.file, because, row=record.row, column=record.as_column or column))


def plan_tables(contents: Contents, stored: Stored, faults: Faults) -> list[TablePlan]:
    """Compare every record with the row of the same identity; a new row must have all required columns."""
    return [_plan(table, contents.records[table.name], stored, faults) for table in TABLES if contents.records[table.name]]


def _plan(table: Table, records: list[Record], stored: Stored, faults: Faults) -> TablePlan:
    plan = TablePlan(table)
    rows = stored.rows(table)
    lists = {item.name: read_lists(item) for item in table.lists}
    for record in records:
        row = rows.get(record.identity)
        if table.fill is not None:
            table.fill(record.values, row is None)
        if row is None:
            _check_whole(record, faults)
            plan.new.append(Step(record, None, frozenset(record.values), frozenset(record.lists)))
            plan.report.new.append(record.identity)
            continue
        columns = frozenset(name for name, value in record.values.items() if value != row.values[name])
        was = {item.name: lists[item.name].get(row.pk, ()) for item in table.lists if item.name in record.lists}
        differing = frozenset(
            item.name for item in table.lists if item.name in was and _differs(item, was[item.name], record.lists[item.name])
        )
        if not columns and not differing:
            plan.report.unchanged += 1
            continue
        plan.changed.append(Step(record, row, columns, differing))
        plan.report.changed.append(Change(record.identity, _cells(record, row, columns, {name: was[name] for name in differing})))
    return plan


def _check_whole(record: Record, faults: Faults) -> None:
    for column in record.table.columns:
        if column.required and column.name not in record.values:
            because = Text("Deze kolom is nodig voor een nieuwe rij.", "This column is needed for a new row.")
            faults.add(Fault(record.file, because, row=record.row, column=column.name))


def _differs(item: ListColumn, was: tuple[str, ...], now: tuple[str, ...]) -> bool:
    if item.ordered:
        return was != now
    return sorted(was) != sorted(now) or bool(item.first and was[:1] != now[:1])


def _cells(record: Record, row: Row, columns: frozenset[str], lists: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, str]]:
    cells = {
        record.as_column or column.name: (column.write(row.values[column.name]), column.write(record.values[column.name]))
        for column in record.table.columns
        if column.name in columns
    }
    return cells | {name: (";".join(was), ";".join(record.lists[name])) for name, was in lists.items()}
