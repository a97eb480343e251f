"""Write a plan, in bulk, in the order of the tables. Called within the transaction of a load."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from goliard.apps.documents.choices import Purpose, Retention
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.services import FOLDER
from goliard.apps.transfer.columns import ListColumn
from goliard.apps.transfer.pictures import PictureName
from goliard.apps.transfer.planning import Step, TablePlan
from goliard.apps.transfer.stored import Stored
from goliard.apps.transfer.table import Picture, Record, Table, batches
from goliard.apps.transfer.tables import REFERRED

BATCH = 500


@dataclass(slots=True)
class Written:
    """What a load touched: primary keys by table, the record behind each row, pictures whose bytes are still to be stored."""

    touched: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    places: dict[tuple[str, int], Record] = field(default_factory=dict)
    pictures: dict[str, Picture] = field(default_factory=dict)  # by storage name


def write_plan(plan: TablePlan, stored: Stored, written: Written, now: datetime) -> None:
    """Create and change the rows of one table, with its lists."""
    table = plan.table
    if table.before is not None and plan.changed:
        table.before({step.row.pk for step in plan.changed if step.row is not None}, now)
    created = _create(plan, stored, written, now)
    _change(plan, stored, written, now)
    pairs = [*zip(plan.new, (row.pk for row in created), strict=True), *((step, step.row.pk) for step in plan.changed if step.row)]
    for item in table.lists:
        _write_list(item, [(step, pk) for step, pk in pairs if item.name in step.lists], stored)
    for step, pk in pairs:
        written.touched[table.name].add(pk)
        written.places[table.name, pk] = step.record
        if table.parent:
            parent = table.by_name[table.parent].refers_to
            written.touched[parent].add(stored.keys(parent)[step.record.values[table.parent]])


def _create(plan: TablePlan, stored: Stored, written: Written, now: datetime) -> list[models.Model]:
    table = plan.table
    own = [column for column in table.columns if column.refers_to == table.name]
    late = frozenset(column.name for column in own)
    rows = [table.model(**_attributes(step, step.columns - late, stored, written, now)) for step in plan.new]
    created = list(table.model._default_manager.bulk_create(rows, batch_size=BATCH))
    if table.name in REFERRED:
        for step, row in zip(plan.new, created, strict=True):
            stored.keys(table.name)[table.handle(step.record.values)] = row.pk
    for column in own:  # rows of one table that refer to each other need each other's primary keys first
        filled = [(row, step.record.values.get(column.name)) for step, row in zip(plan.new, created, strict=True)]
        pointing = [(row, key) for row, key in filled if key]
        for row, key in pointing:
            setattr(row, f"{column.field}_id", stored.keys(table.name)[key])
        table.model._default_manager.bulk_update([row for row, _ in pointing], [column.field], batch_size=BATCH)
    return created


def _change(plan: TablePlan, stored: Stored, written: Written, now: datetime) -> None:
    table = plan.table
    by_columns: dict[frozenset[str], list[models.Model]] = defaultdict(list)
    for step in plan.changed:
        if step.columns and step.row is not None:
            row = table.model(pk=step.row.pk, **_attributes(step, step.columns, stored, written, now))
            by_columns[step.columns].append(row)
    for columns, rows in by_columns.items():
        fields = [column.field for column in table.columns if column.name in columns]
        table.model._default_manager.bulk_update(rows, fields, batch_size=BATCH)


def _attributes(step: Step, columns: frozenset[str], stored: Stored, written: Written, now: datetime) -> dict[str, Any]:
    record = step.record
    found: dict[str, Any] = {}
    for column in record.table.columns:
        if column.name not in columns:
            continue
        value = record.values[column.name]
        if column.refers_to:
            found[f"{column.field}_id"] = stored.keys(column.refers_to)[value] if value else None
        elif isinstance(column.kind, PictureName):
            found[column.field] = _stored_file(record, written, now)
        else:
            found[column.field] = value
    return found


def _stored_file(record: Record, written: Written, now: datetime) -> StoredFile:
    picture = record.picture
    assert picture is not None
    storage_name = f"{FOLDER}/{now:%Y}/{uuid.uuid4().hex}"  # where the sweep of orphans looks
    written.pictures[storage_name] = picture
    return StoredFile.objects.create(
        name=picture.name[:200],
        storage_name=storage_name,
        sha256=picture.sha256,
        size=len(picture.content),
        content_type=picture.content_type,
        purpose=Purpose.IMAGE,
        retention_class=Retention.PUBLIC,
        stored_at=now,
    )


def _write_list(item: ListColumn, steps: list[tuple[Step, int]], stored: Stored) -> None:
    manager = item.model._default_manager
    for part in batches(pk for step, pk in steps if step.row is not None):
        manager.filter(**{f"{item.parent}__in": part}).delete()
    rows = []
    for step, pk in steps:
        for position, value in enumerate(step.record.lists[item.name], start=1):
            fields: dict[str, Any] = {f"{item.parent}_id": pk}
            if item.refers_to:
                fields[f"{item.item}_id"] = stored.keys(item.refers_to)[value]
            else:
                fields[item.item] = value
            if item.ordered:
                fields["position"] = position
            if item.first:
                fields[item.first] = position == 1
            rows.append(item.model(**fields, **(item.computed(value) if item.computed else {})))
    manager.bulk_create(rows, batch_size=BATCH)


def touched_tables(written: Written, tables: tuple[Table, ...]) -> list[Table]:
    """Return the tables with touched rows, in the order of writing."""
    return [table for table in tables if written.touched.get(table.name)]
