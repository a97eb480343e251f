"""Before and after, field by field: the shape that history screens print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import models


def snapshot(instance: models.Model, fields: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the values of the named concrete fields, or of all but the primary key; a foreign key gives the other row's key."""
    wanted = set(fields) if fields is not None else None
    values: dict[str, Any] = {}
    for field in instance._meta.concrete_fields:
        if (wanted is None and not field.primary_key) or (wanted is not None and field.name in wanted):
            value = getattr(instance, field.attname)
            values[field.name] = value.name if isinstance(field, models.FileField) else value
    return values


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return `{field: {"before": …, "after": …}}` for every field whose value differs; a field absent on one side counts as None there."""
    return {
        name: {"before": before.get(name), "after": after.get(name)}
        for name in sorted({*before, *after})
        if before.get(name) != after.get(name)
    }
