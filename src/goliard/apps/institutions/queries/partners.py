"""The partner finder: organisations that the public may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from goliard.apps.institutions.choices import Continent, OrganisationKind
from goliard.apps.institutions.models import Country, Organisation, OrganisationName, OrganizationalUnit, UnitParent
from goliard.rules.values.collation import sort_key
from goliard.rules.values.folding import fold

FUNDERS = (OrganisationKind.NATIONAL_AGENCY, OrganisationKind.EU_BODY)
EUROPE = "europe"
BEYOND = "beyond"
_MOST_WORDS = 8
_FEW = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a visitor looks for; everything empty means everybody. `where` is a continent, `europe` or `beyond` (every other continent)."""

    text: str = ""
    country: str = ""
    kind: str = ""
    where: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.country or self.kind or self.where)


def public_partners() -> QuerySet[Organisation, Any]:
    """Return every organisation that the public may see, without the home institution and those that only fund."""
    return Organisation.objects.filter(is_public=True, is_home=False).exclude(kind__in=FUNDERS)


def partners(wanted: Wanted, *, language: str) -> QuerySet[Organisation, Any]:
    """Return the partners that fit, by name in `language`. Every word must occur in a name, alias, city, or name of the country."""
    found = public_partners().select_related("country")
    words = fold(wanted.text[:200]).split()[:_MOST_WORDS]
    lands = list(Country.objects.values_list("pk", "search_key")) if words else []
    for word in words:
        here = Q(country_id__in=[key for key, names in lands if word in names])
        found = found.filter(Q(search_key__contains=word) | here)
    if wanted.country:
        found = found.filter(country__slug=wanted.country)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.where == BEYOND:
        found = found.exclude(country__continent=Continent.EUROPE)
    elif wanted.where:
        found = found.filter(country__continent=wanted.where)
    return found.order_by("name_nl" if language.startswith("nl") else "name_en", "pk")


def found_keys(found: QuerySet[Organisation, Any], total: int, *, language: str) -> list[int] | QuerySet[Organisation, int]:
    """Return the primary keys of the `total` organisations found, by name, in one query when they are read.

    A few hundred stand in the alphabetical order of a dictionary; of more, only the page asked for is read, in the order of the database.
    """
    if total > _FEW:
        return found.values_list("pk", flat=True)
    rows = found.order_by().values_list("pk", "name_nl" if language.startswith("nl") else "name_en")
    return [key for key, _name in sorted(rows, key=lambda row: (sort_key(row[1]), row[0]))]


def in_order(keys: Sequence[int]) -> list[Organisation]:
    """Return the organisations with these primary keys, with their countries, in the order of the keys."""
    found = {each.pk: each for each in Organisation.objects.select_related("country").filter(pk__in=keys)}
    return [found[key] for key in keys if key in found]


def countries_with_partners() -> QuerySet[Country, Any]:
    """Return the countries in which the public may see a partner."""
    return Country.objects.filter(Exists(public_partners().filter(country=OuterRef("pk"))))


def by_country(organisations: QuerySet[Organisation, Any]) -> list[tuple[Country, int]]:
    """Return the countries of organisations, each with how many are there, in two queries."""
    counts = dict(organisations.order_by().values_list("country_id").annotate(Count("pk")))
    return [(country, counts[country.pk]) for country in Country.objects.filter(pk__in=counts)]


def public_organisation(key: str, *, hidden: bool = False) -> Organisation | None:
    """Return an organisation with its names, identifiers and units, or None where the public sees none; `hidden` shows it to the office."""
    organisations = Organisation.objects.select_related("country").prefetch_related(
        Prefetch("names", OrganisationName.objects.order_by("kind", "language", "valid_from", "pk")),
        "identifiers",
        Prefetch("units", OrganizationalUnit.objects.filter(merged_into=None).order_by("name_en", "pk")),
        Prefetch("units__parents", UnitParent.objects.select_related("parent")),
    )
    return (organisations if hidden else organisations.filter(is_public=True)).filter(key=key).first()
