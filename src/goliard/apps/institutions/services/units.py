"""Keep a unit: its names stay in step, and no unit stands below itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import models, transaction
from django.utils import timezone

from goliard.apps.institutions.models import OrganizationalUnit, UnitName, UnitParent
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep, parts_after
from goliard.apps.institutions.services.names import name_unit
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def keep_unit(
    *,
    row: OrganizationalUnit,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> OrganizationalUnit:
    """Save the unit with its changed names and places.

    Raises Refused when it has no name, would stand below itself, or below a unit of another organisation; ValidationError and
    ChangedMeanwhile as `keep`.
    """
    names = parts_after(UnitName, row, parts, removed)
    places = parts_after(UnitParent, row, parts, removed)
    if reasons := [*_nameless(names), *_place_faults(row, places)]:
        raise Refused(reasons)
    name_unit(row, names, timezone.localdate(now))
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


def _nameless(names: Sequence[UnitName]) -> list[Reason]:
    if names:
        return []
    return [Reason("name-needed", Text("Geef minstens één naam.", "Give at least one name."), field="names")]


def _place_faults(row: OrganizationalUnit, places: Sequence[UnitParent]) -> list[Reason]:
    faults = []
    for place in places:
        parent = place.parent
        if parent.organisation_id != row.organisation_id:
            faults.append(
                Reason(
                    "unit-elsewhere",
                    Text(f"{parent.name_nl} hoort bij een andere organisatie.", f"{parent.name_en} belongs to another organisation."),
                    field="parents",
                )
            )
        elif row.pk and row.pk in ancestors(parent):
            faults.append(
                Reason(
                    "unit-below-itself",
                    Text(f"{parent.name_nl} hangt zelf onder deze eenheid.", f"{parent.name_en} itself stands below this unit."),
                    field="parents",
                )
            )
    return faults


def ancestors(unit: OrganizationalUnit, day: date | None = None) -> set[int]:
    """Return the keys of `unit` and of every unit above it, at any time or on `day`."""
    found: set[int] = set()
    waiting = {unit.pk}
    while waiting:
        found |= waiting
        places = UnitParent.objects.filter(unit_id__in=waiting)
        waiting = {place.parent_id for place in places if day is None or place.holds_on(day)} - found
    return found
