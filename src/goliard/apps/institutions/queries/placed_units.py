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
    """A unit and the units above it on a day, the nearest first; the institution as a whole is not one of them."""

    unit: OrganizationalUnit
    above: tuple[OrganizationalUnit, ...] = ()

    @property
    def parent(self) -> OrganizationalUnit | None:
        """The faculty, or whatever stands highest above the unit."""
        return self.above[-1] if self.above else None

    @property
    def keys(self) -> frozenset[str]:
        """The keys under which a filter finds it: its own and those of the units above."""
        return frozenset(unit.key for unit in (self.unit, *self.above))

    def name(self, language: str) -> str:
        """The unit's name with its faculty: "Leiden Observatory (Faculty of Science)"."""
        own = self.unit.name(language)
        return f"{own} ({self.parent.name(language)})" if self.parent else own


def placed_units(units: Iterable[OrganizationalUnit], *, on: date) -> dict[int, PlacedUnit]:
    """Return units of the home institution by primary key, each with those above it on a day, in one query."""
    wanted = {unit.pk: unit for unit in units}
    rows = UnitParent.objects.filter(holding(on), unit__organisation__is_home=True) if wanted else UnitParent.objects.none()
    parents = {row.unit_id: row.parent for row in rows.select_related("parent").order_by("valid_from", "pk")}
    return {key: PlacedUnit(unit, _above(key, parents)) for key, unit in wanted.items()}


def _above(key: int, parents: dict[int, OrganizationalUnit]) -> tuple[OrganizationalUnit, ...]:
    found: dict[int, OrganizationalUnit] = {}
    while (parent := parents.get(key)) and parent.kind != UnitKind.INSTITUTION and parent.pk not in found:
        found[parent.pk] = parent
        key = parent.pk
    return tuple(found.values())
