"""What the world map of a page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goliard.apps.institutions.choices import NameStatus
from goliard.apps.institutions.models import Country, Organisation
from goliard.portals.public.visits import language
from goliard.portals.shared.atlas.worldmap import Highlight, Home, Marker, WorldMap, build_map
from goliard.rules.values.collation import sort_key


def call_map(organisations: Iterable[Organisation], home: Organisation, year: int) -> WorldMap:
    """Return the map of a call's partners; countries and markers lead to the country's page of that call."""
    chosen = list(organisations)
    countries = {organisation.country.iso2: organisation.country for organisation in chosen}.values()
    addresses = {country.iso2: reverse("public:call-country", args=[year, country.slug]) for country in countries}
    return build_map(
        markers=[_marker(organisation, addresses[organisation.country.iso2]) for organisation in _by_place(chosen)],
        highlights=[Highlight(country.iso2, country.name(language()), addresses[country.iso2]) for country in by_name(countries)],
        home=_home(home),
    )


def finder_map(
    counts: Sequence[tuple[Country, int]],
    organisations: Iterable[Organisation],
    home: Organisation,
    *,
    route: str = "partner",
    finder: str = "partners",
) -> WorldMap:
    """Return the map of what a finder found: countries with their number of partners, and a marker for each of `organisations`.

    Markers lead to the page `route` of the organisation, countries to the page `finder`.
    """
    return build_map(
        markers=[_marker(organisation, reverse(f"public:{route}", args=[organisation.key])) for organisation in _by_place(organisations)],
        highlights=[_counted(country, number, finder) for country, number in counts],
        home=_home(home),
    )


def by_name(countries: Iterable[Country]) -> list[Country]:
    """Return countries in the alphabetical order of the page's language."""
    return sorted(countries, key=lambda country: sort_key(country.name(language())))


def per_country(organisations: Iterable[Organisation]) -> list[tuple[Country, int]]:
    """Return the countries of organisations with how many are there, in alphabetical order."""
    chosen = list(organisations)
    numbers = Counter(organisation.country_id for organisation in chosen)
    countries = {organisation.country_id: organisation.country for organisation in chosen}.values()
    return [(country, numbers[country.pk]) for country in by_name(countries)]


def _by_place(organisations: Iterable[Organisation]) -> list[Organisation]:
    """By country, then by name: the order in which the keyboard walks over the markers."""
    return sorted(organisations, key=lambda one: (sort_key(one.country.name(language())), sort_key(one.name(language()))))


def _marker(organisation: Organisation, href: str) -> Marker:
    """A marker at the organisation's place, or at the middle of its country where the place is not known."""
    place = organisation if organisation.latitude is not None else organisation.country
    note = "" if organisation.name_status == NameStatus.CONFIRMED else organisation.get_name_status_display()
    note = note or (_("illustrative") if organisation.is_illustrative else "")
    return Marker(organisation.key, organisation.name(language()), *_degrees(place), href, note)


def _home(home: Organisation) -> Home:
    return Home(home.name(language()), *_degrees(home if home.latitude is not None else home.country))


def _degrees(place: Organisation | Country) -> tuple[float, float]:
    return float(place.latitude or 0), float(place.longitude or 0)


def _counted(country: Country, number: int, finder: str) -> Highlight:
    label = ngettext("{country}: {n} partner", "{country}: {n} partners", number).format(country=country.name(language()), n=number)
    return Highlight(country.iso2, label, f"{reverse(f'public:{finder}')}?country={country.slug}")
