"""Countries, Erasmus+ regions, and what a country is to the programme by date."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from goliard.apps.institutions.models import Country, CountryAdvice, CountryAlias, CountryStatus, Region
from goliard.apps.institutions.services.names import key_country
from goliard.apps.transfer.columns import Column, ListColumn, column, reference
from goliard.apps.transfer.kinds import Key, Words
from goliard.apps.transfer.table import Table, Values
from goliard.rules.values.folding import fold, slug
from goliard.rules.values.texts import Text

ISO2 = Key(2)


def country(model: type, name: str = "country", *, required: bool | None = None, about: str = "") -> Column:
    """Return a column that holds a country by its ISO code of two letters."""
    return reference(model, name, "countries", "iso2", kind=ISO2, required=required, about=about or "ISO code of two letters")


def period(values: Values) -> Iterable[tuple[str, Text]]:
    """Refuse a period that ends before it begins."""
    first, last = values.get("valid_from"), values.get("valid_until")
    if first and last and last < first:
        yield "valid_until", Text("Het einde ligt voor het begin.", "The end lies before the beginning.")


def _searchable(countries: set[int], _: date) -> None:
    found = list(Country.objects.filter(pk__in=countries).prefetch_related("aliases"))
    for row in found:
        key_country(row, sorted(alias.name for alias in row.aliases.all()))
    Country.objects.bulk_update(found, ["search_key"], batch_size=500)


def _address_word(values: dict[str, Any], is_new: bool) -> None:  # noqa: FBT001 -- the shape of `Table.fill`
    """A new country's word in addresses comes from its English name; an existing one keeps its own, because addresses last."""
    if not values.get("slug"):
        values.pop("slug", None)
        if is_new:
            values["slug"] = slug(str(values.get("name_en", "")))


TABLES = (
    Table(
        "regions",
        Region,
        "Regions of the Erasmus+ programme; numbers and members differ between programme periods.",
        key=("key",),
        columns=(
            column(Region, "key"),
            *(column(Region, name) for name in ("programme_period", "number", "name_en", "name_nl", "valid_from", "valid_until")),
            column(Region, "status", field="verification", about="how well the row is verified"),
            column(Region, "source"),
        ),
        check=period,
    ),
    Table(
        "countries",
        Country,
        "Countries by ISO 3166-1 (and XK, in use for Kosovo). Goliard brings this file along; a folder needs it only to change something.",
        key=("iso2",),
        columns=(
            column(Country, "iso2", kind=ISO2),
            *(column(Country, name) for name in ("iso3", "numeric", "name_en", "name_nl", "continent")),
            column(Country, "lat", field="latitude", about="latitude of its middle"),
            column(Country, "lon", field="longitude", about="longitude of its middle"),
            column(Country, "slug", required=False, about="word in addresses; empty: made from the English name, once"),
        ),
        lists=(
            ListColumn(
                "aliases",
                CountryAlias,
                parent="country",
                item="name",
                kind=Words(120),
                about="other spellings under which documents name it",
                computed=lambda name: {"search_key": fold(name)},
            ),
        ),
        fill=_address_word,
        finish=_searchable,
    ),
    Table(
        "country_statuses",
        CountryStatus,
        "What a country is to the Erasmus+ programme in a period, and in which region it lies then.",
        key=("country", "valid_from"),
        columns=(
            country(CountryStatus),
            *(column(CountryStatus, name) for name in ("valid_from", "valid_until", "status")),
            reference(CountryStatus, "region", "regions", "key", kind=Key(60), about="key of a row of regions.csv"),
            column(CountryStatus, "verification_status", field="verification", about="how well the row is verified"),
            column(CountryStatus, "source"),
        ),
        check=period,
    ),
    Table(
        "travel_advice",
        CountryAdvice,
        "The travel advice for countries, by the day from which it holds. Nobody goes where it is orange or red.",
        key=("country", "valid_from"),
        columns=(
            country(CountryAdvice),
            *(column(CountryAdvice, name) for name in ("valid_from", "valid_until", "colour", "note", "source")),
        ),
        check=period,
    ),
)
