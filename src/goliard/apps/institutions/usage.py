"""Who uses a row: what stands in the way of deleting it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Usage:
    """One kind of row that refers to the row in question: what it is called, how many there are, and the first few by name."""

    kind: str
    count: int
    names: tuple[str, ...]


def users_of(row: models.Model) -> tuple[Usage, ...]:
    """Return every kind of row that refers to `row` and would lose it; parts of the row itself (names, aims …) do not count."""
    found = []
    for relation in row._meta.related_objects:
        if relation.on_delete is models.CASCADE or relation.related_model is None:
            continue
        users = relation.related_model._default_manager.filter(**{relation.field.name: row})
        if count := users.count():
            names = tuple(str(user) for user in users[:SHOWN])
            found.append(Usage(str(relation.related_model._meta.verbose_name_plural), count, names))
    return tuple(found)
