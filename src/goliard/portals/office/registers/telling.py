"""Fields and history in words: labels instead of column names, choices instead of codes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from goliard.apps.journal.models import JournalEntry

HIDDEN = {"id", "search_key", "created_at", "updated_at", "state"}


def told_fields(row: models.Model) -> list[tuple[str, Any]]:
    """Return label and value of every field that holds something, in the order of the model."""
    told = []
    for field in row._meta.concrete_fields:
        if field.name in HIDDEN:
            continue
        value = _told_value(row, field)
        if value not in (None, ""):
            told.append((str(field.verbose_name), value))
    return told


def told_history(entries: Iterable[JournalEntry], row: models.Model) -> list[dict[str, Any]]:
    """Return each entry with its changes in words."""
    return [{"entry": entry, "changes": _told_changes(entry, row)} for entry in entries]


def _told_value(row: models.Model, field: models.Field) -> Any:
    if isinstance(field, models.BooleanField):
        return _("yes") if getattr(row, field.name) else _("no")
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    return getattr(row, field.name)


def _told_changes(entry: JournalEntry, row: models.Model) -> list[dict[str, Any]]:
    erasable = getattr(entry, "erasable", None)  # absent where the details were erased, or there were none
    details = erasable.as_dict if erasable else {}
    told = [
        {"field": _label(type(row), name), **change}
        for name, change in details.items()
        if name not in {"parts", "search_key"} and isinstance(change, dict)
    ]
    for part in (details.get("parts") or {}).get("after") or ():
        model = apps.get_model(part["part"])
        told += [
            {"field": f"{model._meta.verbose_name}: {_label(model, name)}", **change}
            for name, change in part["changes"].items()
            if not _is_own_link(model, name, row)
        ]
    return told


def _label(model: type[models.Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except LookupError:
        return name


def _is_own_link(model: type[models.Model], name: str, row: models.Model) -> bool:
    field = model._meta.get_field(name) if name in {each.name for each in model._meta.concrete_fields} else None
    return isinstance(field, models.ForeignKey) and isinstance(row, field.related_model)  # type: ignore[arg-type]
