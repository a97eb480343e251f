"""Who uses a row: what stands in the way of deleting it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.translation import get_language

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
            names = tuple(told(_owner(user)) for user in users[:SHOWN])
            found.append(Usage(str(relation.related_model._meta.verbose_name_plural), count, names))
    return tuple(found)


def told(row: models.Model) -> str:
    """Return how a row is called in the language that is active: its title or name where it has one."""
    for called in ("title", "name"):
        if callable(title := getattr(row, called, None)):
            return str(title(get_language() or "en"))
    return str(row)


def _owner(user: models.Model) -> models.Model:
    """Return the row of which `user` is a part (a project for its partner), or `user` itself: a person knows the whole, not the part."""
    for field in user._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE and not field.null:
            owner: models.Model = getattr(user, field.name)
            return owner
    return user
