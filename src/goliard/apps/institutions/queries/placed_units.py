"""Units with their place: an institute and the faculty to which it belongs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from goliard.apps.institutions.choices import UnitKind
from goliard.apps.institutions.models import OrganizationalUnit, UnitParent
from goliard.apps.institutions.models.dated import holding


@dataclass(frozen=True, slots=True)
class PlacedUnit:
    """A unit and the unit above it on a day (None for a faculty, whose parent would be the institution itself)."""

    unit: OrganizationalUnit
    parent: OrganizationalUnit | None

    def name(self, language: str) -> str:
        """The unit's name with its faculty: "Leiden Observatory (Faculty of Science)"."""
        own = self.unit.name(language)
        return f"{own} ({self.parent.name(language)})" if self.parent else own

    @property
    def keys(self) -> frozenset[str]:
        """The keys under which a filter finds it: its own and its parent's."""
        return frozenset({self.unit.key} | ({self.parent.key} if self.parent else set()))


def placed_units(units: Iterable[OrganizationalUnit], *, on: date) -> dict[int, PlacedUnit]:
    """Return the units by primary key, each with its parent on a day, in one query."""
    wanted = {unit.pk: unit for unit in units}
    rows = UnitParent.objects.filter(holding(on), unit_id__in=wanted).select_related("parent").order_by("valid_from", "pk")
    parents = {row.unit_id: row.parent for row in rows if row.parent.kind != UnitKind.INSTITUTION}
    return {key: PlacedUnit(unit, parents.get(key)) for key, unit in wanted.items()}
