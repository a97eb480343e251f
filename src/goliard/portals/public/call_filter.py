"""The filter of a call's overview: country, home unit, who travels. A plain GET form; an unknown value finds nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from goliard.apps.projects.choices import Participant
from goliard.apps.projects.queries.call_overview import CallOverview
from goliard.portals.public.maps import by_name
from goliard.portals.public.visits import asked_for, language
from goliard.rules.values.collation import sort_key

Options = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the visitor asks for; empty means any."""

    country: str = ""
    unit: str = ""
    who: str = ""

    def __bool__(self) -> bool:
        return bool(self.country or self.unit or self.who)


@dataclass(frozen=True, slots=True)
class CallFilter:
    """The form: the options of its three fields, and what is chosen."""

    asked: Asked
    countries: Options
    units: Options
    participants: Options


def asked(request: HttpRequest) -> Asked:
    """Read the filter from the address."""
    return Asked(*(asked_for(request, name) for name in ("country", "unit", "who")))


def options(overview: CallOverview, wanted: Asked) -> CallFilter:
    """Return what the call's own lines offer to choose from: faculties include the institutes below them."""
    homes = [home for line in overview.lines for home in line.home_units]
    units = {unit.key: unit.name(language()) for home in homes for unit in (home.unit, *home.above)}
    present = frozenset().union(*(line.participants for line in overview.lines))
    return CallFilter(
        wanted,
        [(country.slug, country.name(language())) for country in by_name(overview.countries)],
        sorted(units.items(), key=lambda option: sort_key(option[1])),
        [(value, str(label)) for value, label in Participant.choices if value in present],
    )
