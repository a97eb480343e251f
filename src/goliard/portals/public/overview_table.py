"""The overview of a call as a table: countries in alphabetical order, each with its partners."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.apps.institutions.models import Country
from goliard.apps.projects.queries.call_overview import Line
from goliard.portals.public.maps import by_name
from goliard.portals.public.visits import language
from goliard.rules.values.collation import sort_key


@dataclass(frozen=True, slots=True)
class CountryGroup:
    """A country with its lines, by the partner's name."""

    country: Country
    lines: list[Line]


def countries_of(lines: Iterable[Line]) -> list[CountryGroup]:
    """Return the lines by country, in the alphabetical order of the page's language."""
    groups: dict[int, list[Line]] = {}
    for line in sorted(lines, key=lambda line: sort_key(line.organisation.name(language()))):
        groups.setdefault(line.country.pk, []).append(line)
    countries = by_name(group[0].country for group in groups.values())
    return [CountryGroup(country, groups[country.pk]) for country in countries]
