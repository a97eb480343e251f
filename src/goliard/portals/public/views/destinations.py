"""Destinations: the finder, as a table or a map, the page of one, and the same as open data."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goliard.apps.agreements.choices import ConditionKind
from goliard.apps.agreements.models import CooperationCondition
from goliard.apps.agreements.queries.destinations import (
    Sought,
    choices,
    conditions_by_destination,
    count_in_effect,
    destinations,
    open_conditions,
    sheet_of,
    sought_conditions,
)
from goliard.apps.institutions.queries.partners import by_country, found_keys, in_order, public_organisation
from goliard.portals.public.destination_lines import COLUMNS, is_illustrative, line, open_rows, summary
from goliard.portals.public.exchange_words import day_of_year, language_name, level_name, subject_name
from goliard.portals.public.maps import by_name, finder_map
from goliard.portals.public.open_data import LICENCE
from goliard.portals.public.visits import found, language, public_page, today
from goliard.portals.shared.context import home_of
from goliard.portals.shared.exports import csv_response
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.values.collation import sort_key

PER_PAGE = 30
MOST_MARKERS = 300
DEADLINES = ("nominations_autumn", "applications_autumn", "nominations_spring", "applications_spring")


@public_page
def finder(request: ActorRequest) -> HttpResponse:
    """Destinations by words, country, subject, level, language and kind of mobility; `?view=map` shows the same on the map."""
    sought = _sought(request)
    conditions = sought_conditions(sought, today())
    rows = destinations(conditions, language=language())
    context = {
        "sought": sought,
        "options": _options(sought),
        "in_effect": count_in_effect(today()),
        "is_map": request.GET.get("view") == "map",
        "query": request.GET.urlencode(),
    }
    if context["is_map"]:
        places = sorted(by_country(rows), key=lambda place: sort_key(place[0].name(language())))
        total = sum(number for _country, number in places)
        shown = rows if total <= MOST_MARKERS else []
        context |= {"total": total, "map": finder_map(places, shown, found(home_of(request)), route="destination", finder="destinations")}
    else:
        total = rows.count()
        paginator = Paginator(found_keys(rows, total, language=language()), PER_PAGE)
        paginator.count = total
        page = paginator.get_page(request.GET.get("page"))
        chosen = in_order(list(page.object_list))
        given = conditions_by_destination(conditions, (one.pk for one in chosen))
        context |= {"page": page, "total": total, "rows": [summary(one, given[one.pk], language()) for one in chosen]}
    return render(request, "public/destinations.html", context)


@public_page
def destination(request: ActorRequest, key: str) -> HttpResponse:
    """One destination: places with what they ask, deadlines, whom to ask."""
    organisation = found(public_organisation(key))
    given = conditions_by_destination(open_conditions(today()), [organisation.pk])[organisation.pk]
    if not given:
        raise Http404
    sheet = sheet_of(organisation)
    context = {
        "organisation": organisation,
        "lines": [line(row, language()) for row in given],
        "sheet": sheet,
        "deadlines": [(_label(sheet, name), day_of_year(getattr(sheet, name))) for name in DEADLINES if sheet and getattr(sheet, name)],
        "is_illustrative": is_illustrative(organisation, given),
    }
    return render(request, "public/destination.html", context)


@public_page
def destinations_csv(request: ActorRequest) -> HttpResponse:
    """What the finder finds as CSV, a row a condition; the licence stands in the `Link` header."""
    rows = open_rows(_conditions(request), language(), request)
    return _licensed(csv_response("destinations.csv", [COLUMNS, *([row[column] for column in COLUMNS] for row in rows)]))


@public_page
def destinations_json(request: ActorRequest) -> HttpResponse:
    """The same as JSON."""
    data = {"licence": LICENCE, "on": today().isoformat(), "places": list(open_rows(_conditions(request), language(), request))}
    return _licensed(JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1}))


def _conditions(request: HttpRequest) -> list[CooperationCondition]:
    given = conditions_by_destination(sought_conditions(_sought(request), today())).values()
    rows = [row for group in given for row in group]
    return sorted(rows, key=lambda row: (sort_key(row.receiving.country.name(language())), sort_key(row.receiving.name(language()))))


def _sought(request: HttpRequest) -> Sought:
    names = ("q", "country", "subject", "level", "language", "kind")
    return Sought(*(request.GET.get(name, "").replace("\0", "").strip()[:200] for name in names))


def _options(sought: Sought) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return the finder's choices: name, label and chosen value of each field, and its values with how the page says them."""
    there, kinds = choices(today()), dict(ConditionKind.choices)
    languages = sorted(((code, language_name(code)) for code in there.languages), key=lambda option: sort_key(option[1]))
    fields = [
        ("country", _("Country"), [(country.slug, country.name(language())) for country in by_name(there.countries)]),
        ("subject", _("Subject"), [(code, f"{code} {subject_name(code, language())}") for code in there.subjects]),
        ("level", _("Level"), [(digit, level_name(digit, language())) for digit in there.levels]),
        ("language", _("Language"), languages),
        ("kind", _("Kind of mobility"), [(kind, str(kinds[kind])) for kind in there.kinds]),
    ]
    return [(name, label, getattr(sought, name), values) for name, label, values in fields]


def _licensed(response: HttpResponse) -> HttpResponse:
    response["Link"] = f'<{LICENCE}>; rel="license"'
    return response


def _label(row: Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))
