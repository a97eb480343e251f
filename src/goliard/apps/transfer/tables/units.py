"""Units below organisations, their names over time, and where they stand."""

from __future__ import annotations

from datetime import date

from goliard.apps.institutions.models import OrganizationalUnit, UnitName, UnitParent
from goliard.apps.institutions.services.names import name_unit
from goliard.apps.transfer.columns import Column, column, reference
from goliard.apps.transfer.kinds import Key
from goliard.apps.transfer.table import Identity, Short, Table, Values, batches
from goliard.apps.transfer.tables.countries import period
from goliard.apps.transfer.tables.organisations import organisation


def unit(model: type, name: str = "unit", *, about: str = "key of a row of units.csv") -> Column:
    """Return a column that holds a unit by its key."""
    return reference(model, name, "units", "key", kind=Key(80), about=about)


def _dated_apart(values: Values, plain: Identity) -> Identity:
    return (*plain, "undated" if values.get("valid_from") is None and values.get("valid_until") is None else "")


def _current_names(units: set[int], today: date) -> None:
    for part in batches(units):
        found = list(OrganizationalUnit.objects.filter(pk__in=part).prefetch_related("names"))
        for row in found:
            name_unit(row, list(row.names.all()), today)
        OrganizationalUnit.objects.bulk_update(found, ["name_en", "name_nl"], batch_size=500)


def _short(name: str, language: str, about: str) -> Short:
    row = (("language", language), ("valid_from", None), ("valid_until", None))
    return Short(name, "unit_names", column(UnitName, "value"), row, name, about)


_FIELDS = ("kind", "ounit_id", "acronym", "founded", "profile_en", "profile_nl", "website", "valid_from", "valid_until")

TABLES = (
    Table(
        "units",
        OrganizationalUnit,
        "Faculties, institutes, departments and other units of the home institution and of partners.",
        key=("key",),
        columns=(
            column(OrganizationalUnit, "key"),
            organisation(OrganizationalUnit),
            *(column(OrganizationalUnit, name) for name in _FIELDS),
            unit(OrganizationalUnit, "merged_into", about="key of the unit into which it merged"),
        ),
        shorts=(_short("name_en", "en", "name in English"), _short("name_nl", "nl", "name in Dutch; empty: the English one is shown")),
        check=period,
        finish=_current_names,
    ),
    Table(
        "unit_names",
        UnitName,
        "Further names of units: earlier and later ones with their dates, other languages.",
        key=("unit", "language", "valid_from"),
        columns=(unit(UnitName), *(column(UnitName, name) for name in ("language", "valid_from", "valid_until", "value"))),
        parent="unit",
        check=period,
        identity=_dated_apart,
    ),
    Table(
        "unit_parents",
        UnitParent,
        "Below which unit a unit stands, for as long as it does. A unit without a row stands directly below its organisation.",
        key=("unit", "parent", "valid_from"),
        columns=(
            unit(UnitParent),
            unit(UnitParent, "parent", about="key of the unit above it"),
            column(UnitParent, "valid_from"),
            column(UnitParent, "valid_until"),
        ),
        check=period,
    ),
)
