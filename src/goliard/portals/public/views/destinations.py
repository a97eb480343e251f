"""Destinations: the finder, as a table or a map, the page of one, and the same as open data."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from goliard.apps.agreements.choices import AgreementKind, ConditionKind
from goliard.apps.agreements.models import FactSheet
from goliard.apps.agreements.queries.destinations import (
    Sought,
    choices,
    conditions_by_destination,
    count_in_effect,
    destination_keys,
    destinations,
    open_conditions,
    sheet_of,
    sought_conditions,
)
from goliard.apps.institutions.queries.partners import by_country, found_keys, in_order, public_organisation
from goliard.portals.public.destination_lines import COLUMNS, Row, is_illustrative, line, open_rows, summary
from goliard.portals.public.exchange_words import day_of_year, level_name, subject_name
from goliard.portals.public.maps import by_name, finder_map
from goliard.portals.public.open_data import LICENCE
from goliard.portals.public.visits import found, language, public_page, today
from goliard.portals.shared.context import home_of
from goliard.portals.shared.exports import csv_response
from goliard.portals.shared.language_names import language_name
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
    keys = destination_keys(conditions)
    rows = destinations(keys, language=language())
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
        total = len(keys)
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
        "asked": _asked(sheet) if sheet else [],
        "is_illustrative": is_illustrative(organisation, given),
    }
    return render(request, "public/destination.html", context)


@public_page
def destinations_csv(request: ActorRequest) -> HttpResponse:
    """What the finder finds as CSV, a row a condition; the licence stands in the `Link` header."""
    return _licensed(csv_response("destinations.csv", [COLUMNS, *([row[column] for column in COLUMNS] for row in _rows(request))]))


@public_page
def destinations_json(request: ActorRequest) -> HttpResponse:
    """The same as JSON, a place a line."""
    head = json.dumps({"licence": LICENCE, "on": today().isoformat()}, ensure_ascii=False)[:-1]
    lines = ",\n".join(json.dumps({column: row[column] for column in COLUMNS}, ensure_ascii=False) for row in _rows(request))
    return _licensed(HttpResponse(f'{head}, "places": [\n{lines}\n]}}\n', content_type="application/json"))


def _rows(request: HttpRequest) -> Iterator[Row]:
    return open_rows(sought_conditions(_sought(request), today()), language(), request)


def _sought(request: HttpRequest) -> Sought:
    names = ("q", "country", "subject", "level", "language", "kind", "agreement", "faculty")
    return Sought(*(request.GET.get(name, "").replace("\0", "").strip()[:200] for name in names))


def _options(sought: Sought) -> list[tuple[str, str, str, list[tuple[str, str]]]]:
    """Return the finder's choices: name, label and chosen value of each field, and its values with how the page says them."""
    there, kinds, agreements = choices(today()), dict(ConditionKind.choices), dict(AgreementKind.choices)
    languages = sorted(((code, language_name(code)) for code in there.languages), key=lambda option: sort_key(option[1]))
    fields = [
        ("country", _("Country"), [(country.slug, country.name(language())) for country in by_name(there.countries)]),
        ("subject", _("Subject"), [(code, f"{code} {subject_name(code, language())}") for code in there.subjects]),
        ("level", _("Level"), [(digit, level_name(digit, language())) for digit in there.levels]),
        ("language", _("Language"), languages),
        ("kind", _("Kind of mobility"), [(kind, str(kinds[kind])) for kind in there.kinds]),
        ("agreement", _("Kind of agreement"), [(kind, str(agreements[kind])) for kind in there.agreements]),
        ("faculty", _("Open to people of"), [(unit.key, unit.name(language())) for unit in there.faculties]),
    ]
    return [(name, label, getattr(sought, name), values) for name, label, values in fields]


def _licensed(response: HttpResponse) -> HttpResponse:
    response["Link"] = f'<{LICENCE}>; rel="license"'
    return response


def _asked(sheet: FactSheet) -> list[str]:
    """What else an institution asks of who applies, in words."""
    levels = ", ".join(level_name(digit, language()) for digit in sheet.asks_levels)
    said = [levels, subject_name(sheet.asks_isced_f, language()) if sheet.asks_isced_f else ""]
    papers = [_("a CV") if sheet.asks_cv else "", _("a letter of motivation") if sheet.asks_motivation else ""]
    return [each for each in (*said, *papers) if each]


def _label(row: Model, name: str) -> str:
    return str(getattr(row._meta.get_field(name), "verbose_name", name))
