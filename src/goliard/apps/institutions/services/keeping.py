"""Keep and remove a row of any register, with its parts, in one transaction and one journal entry.

The registers of this app and of later ones write through these two functions; what a register decides beyond its fields stands in its own
service, which calls them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from django.db import models, transaction

from goliard.apps.institutions.refusals import ChangedMeanwhile, StillInUse
from goliard.apps.institutions.usage import users_of
from goliard.apps.journal.changes import changes, snapshot
from goliard.apps.journal.hashing import canonical_json
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor

M = TypeVar("M", bound=models.Model)


def fingerprint(row: models.Model) -> str:
    """Return a hash of the saved row and its parts: a form carries it, so that two people cannot overwrite each other unseen."""
    if not row.pk:
        return ""
    content = [snapshot(row), *(snapshot(part) for part in _stored_parts(row))]
    return hashlib.sha256(canonical_json({"rows": content}).encode()).hexdigest()[:32]


def _stored_parts(row: models.Model) -> Iterator[models.Model]:
    """Yield what goes with the row when it is deleted: names of an organisation, partners of a project."""
    for relation in row._meta.related_objects:
        if relation.on_delete is models.CASCADE and isinstance(relation.related_model, type):
            yield from relation.related_model._default_manager.filter(**{relation.field.name: row}).order_by("pk")


@transaction.atomic
def keep(
    *,
    row: M,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
    verb: str = "",
    reason: str = "",
) -> M:
    """Validate and save `row` with its changed `parts`, delete the `removed` parts, and record what changed.

    `seen` is the fingerprint of the row when the change was begun; a different one raises ChangedMeanwhile. Parts are tied to `row`
    once it is saved. Raises ValidationError, and then nothing is written. Without a change there is no journal entry.
    """
    before = _lock(row, seen)
    row.full_clean()
    details = changes(before, snapshot(row))  # before saving: a row that says nothing new is not touched, nor is its date of change
    if details or not before:
        row.save()
    _tie(row, parts)
    told = [_save_part(part) for part in parts]
    told += [_remove_part(part) for part in removed if part.pk]
    if written := [each for each in told if each["changes"]]:
        details["parts"] = {"before": None, "after": written}
    if details or not before:
        record(actor=actor, verb=verb or ("change" if before else "add"), subject=row, now=now, reason=reason, details=details)
    return row


@transaction.atomic
def remove(*, row: models.Model, actor: Actor, now: datetime, reason: str = "") -> None:
    """Delete `row` with its parts and record what it said; StillInUse, and nothing deleted, when others refer to it."""
    type(row)._default_manager.select_for_update().get(pk=row.pk)
    if users := users_of(row):
        raise StillInUse(users)
    record(actor=actor, verb="remove", subject=row, now=now, reason=reason, details=changes(snapshot(row), {}))
    row.delete()


def parts_after(kind: type[M], row: models.Model, parts: Sequence[models.Model], removed: Sequence[models.Model]) -> list[M]:
    """Return the parts of a kind as they will be when the change is kept: the stored ones, with the changed and without the removed."""
    changed = [part for part in parts if isinstance(part, kind)]
    gone = {part.pk for part in [*changed, *removed] if isinstance(part, kind) and part.pk}
    link = next(field.name for field in _owning_links(kind, row))
    stored = kind._default_manager.filter(**{link: row}).exclude(pk__in=gone) if row.pk else ()
    return [*stored, *changed]


def _lock(row: models.Model, seen: str | None) -> dict[str, object]:
    if row.pk is None:
        return {}
    stored = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if seen is not None and fingerprint(stored) != seen:
        raise ChangedMeanwhile
    return snapshot(stored)


def _tie(row: models.Model, parts: Sequence[models.Model]) -> None:
    for part in parts:
        for field in _owning_links(type(part), row):
            setattr(part, field.name, row)


def _owning_links(kind: type[models.Model], row: models.Model) -> list[models.ForeignKey]:
    """Return the foreign key (the one that cascades) by which a part of this kind belongs to `row`."""
    return [
        field
        for field in kind._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.remote_field.on_delete is models.CASCADE and isinstance(row, field.related_model)
    ]


def _save_part(part: models.Model) -> dict[str, object]:
    before = snapshot(type(part)._default_manager.get(pk=part.pk)) if part.pk else {}
    part.full_clean()
    part.save()
    return {"part": part._meta.label_lower, "id": part.pk, "changes": changes(before, snapshot(part))}


def _remove_part(part: models.Model) -> dict[str, object]:
    told = {"part": part._meta.label_lower, "id": part.pk, "changes": changes(snapshot(part), {})}
    part.delete()
    return told
