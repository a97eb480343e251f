"""The partners of a call as open data: one row a partner, the same columns in both languages."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from goliard.apps.institutions.models import Organisation
from goliard.apps.projects.queries.call_overview import CallOverview, Line
from goliard.portals.public.templatetags.public import years
from goliard.portals.public.visits import language
from goliard.rules.values.collation import sort_key

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
COLUMNS = (
    "call_year",
    "country_code",
    "country",
    "continent",
    "partner_key",
    "partner",
    "city",
    "latitude",
    "longitude",
    "name_status",
    "home_units",
    "mobility",
    "period",
    "projects",
    "page",
)
Row = dict[str, str | int | float | None]


def partner_rows(overview: CallOverview, request: HttpRequest) -> Iterator[Row]:
    """Yield a row for each partner, by country and name in the page's language; several values of a cell are separated by `; `."""
    lines: dict[int, list[Line]] = {}
    for line in overview.lines:
        lines.setdefault(line.organisation.pk, []).append(line)
    yield from sorted((_row(overview, group, request) for group in lines.values()), key=_order)


def _row(overview: CallOverview, lines: list[Line], request: HttpRequest) -> Row:
    organisation = lines[0].organisation
    latitude, longitude = _place(organisation)
    values: tuple[str | int | float | None, ...] = (
        overview.call.year,
        organisation.country.iso2,
        organisation.country.name(language()),
        organisation.country.continent,
        organisation.key,
        organisation.name(language()),
        organisation.city,
        latitude,
        longitude,
        organisation.name_status,
        _joined(home.name(language()) for line in lines for home in line.home_units),
        _joined(participant for line in lines for participant in sorted(line.participants)),
        _joined(years(line.project) for line in lines),
        _joined(line.project.key for line in lines),
        request.build_absolute_uri(reverse("public:partner", args=[organisation.key])),
    )
    return dict(zip(COLUMNS, values, strict=True))


def _place(organisation: Organisation) -> tuple[float | None, float | None]:
    """Degrees north and east; empty where the place is not known (the map then shows the middle of the country)."""
    if organisation.latitude is None or organisation.longitude is None:
        return None, None
    return float(organisation.latitude), float(organisation.longitude)


def _joined(values: Iterator[str]) -> str:
    return "; ".join(dict.fromkeys(value for value in values if value))


def _order(row: Row) -> tuple[object, object]:
    return sort_key(str(row["country"])), sort_key(str(row["partner"]))
