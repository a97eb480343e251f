"""What the pages and files say about a destination: its places with subjects, languages and levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from goliard.apps.agreements.choices import ConditionKind
from goliard.apps.agreements.models import CooperationCondition
from goliard.apps.agreements.queries.open_places import OpenPlace, institutions, open_places, units
from goliard.apps.institutions.models import Organisation
from goliard.portals.public.exchange_words import level_name, subject_name
from goliard.portals.shared.language_names import language_name
from goliard.rules.agreements.copy import ConditionKind as Kind
from goliard.rules.values.collation import sort_key

COLUMNS = (
    "destination_key",
    "destination",
    "country_code",
    "country",
    "city",
    "mobility",
    "agreement",
    "places_a_year",
    "months_or_days_a_year",
    "eqf_levels",
    "isced_f",
    "languages",
    "first_year",
    "last_year",
    "home_unit",
    "is_blended",
    "is_illustrative",
    "page",
)
Row = dict[str, str | int | bool]


@dataclass(frozen=True, slots=True)
class Summary:
    """A destination in a list."""

    organisation: Organisation
    students: int
    staff: int
    subjects: list[str]
    languages: list[str]
    is_illustrative: bool


def summary(organisation: Organisation, conditions: Iterable[CooperationCondition], language: str) -> Summary:
    """Add up what the conditions give, each subject and language once."""
    rows = list(conditions)
    students = sum(row.mobilities_per_year for row in rows if Kind(row.kind).is_student)
    return Summary(
        organisation,
        students,
        sum(row.mobilities_per_year for row in rows) - students,
        list(dict.fromkeys(subject_name(each.isced_f, language) for row in rows for each in row.subjects.all())),
        list(dict.fromkeys(spoken(each.language, each.level) for row in rows for each in row.languages.all())),
        is_illustrative(organisation, rows),
    )


def is_illustrative(organisation: Organisation, conditions: Iterable[CooperationCondition]) -> bool:
    """Whether the institution or one of the agreements was invented."""
    return organisation.is_illustrative or any(row.version.agreement.is_illustrative for row in conditions)


def spoken(code: str, level: str) -> str:
    """A language with its level: `German B2`."""
    return f"{language_name(code)} {level}".strip()


@dataclass(frozen=True, slots=True)
class Line:
    """A condition on the page of a destination."""

    kind: str
    is_student: bool
    places: int
    amount: str
    levels: list[str]
    subjects: list[str]
    languages: list[str]
    units: list[str]
    first_year: str
    last_year: str
    is_blended: bool
    terms: str
    agreement: str


def line(row: CooperationCondition, language: str) -> Line:
    """Say a condition in the page's language."""
    shares = [f"{split.unit.name(language)} ({split.places})" for split in row.splits.all()]
    return Line(
        str(ConditionKind(row.kind).label),
        Kind(row.kind).is_student,
        row.mobilities_per_year,
        row.amount,
        [level_name(digit, language) for digit in row.eqf_levels],
        [f"{subject_name(each.isced_f, language)} {each.clarification}".strip() for each in row.subjects.all()],
        [spoken(each.language, each.level) for each in row.languages.all()],
        [*([row.sending_unit.name(language)] if row.sending_unit else []), *shares],
        row.first_year,
        row.last_year,
        row.is_blended,
        row.other_terms,
        str(row.version.agreement.get_kind_display()),
    )


def open_rows(conditions: QuerySet[CooperationCondition], language: str, request: HttpRequest) -> Iterator[Row]:
    """Yield a row a condition by country and name, what belongs to a destination worked out once; several values are separated by `; `."""
    places = list(open_places(conditions.order_by("kind", "position", "pk")))
    known, named = institutions(place.receiving for place in places), units(place.unit for place in places)
    heads = {pk: _destination(row, language, request) for pk, row in known.items()}
    of: dict[int, list[OpenPlace]] = {}
    for place in places:
        of.setdefault(place.receiving, []).append(place)
    for pk in sorted(of, key=lambda key: (sort_key(str(heads[key]["country"])), sort_key(str(heads[key]["destination"])), key)):
        for place in of[pk]:
            unit = named.get(place.unit) if place.unit else None
            yield heads[pk] | {
                "mobility": place.kind,
                "agreement": place.agreement,
                "places_a_year": place.places,
                "months_or_days_a_year": place.amount,
                "eqf_levels": "; ".join(place.eqf_levels),
                "isced_f": "; ".join(place.subjects),
                "languages": "; ".join(place.languages),
                "first_year": place.first_year,
                "last_year": place.last_year,
                "home_unit": unit.name(language) if unit else "",
                "is_blended": place.is_blended,
                "is_illustrative": known[pk].is_illustrative or place.is_illustrative,
            }


def _destination(row: Organisation, language: str, request: HttpRequest) -> Row:
    return {
        "destination_key": row.key,
        "destination": row.name(language),
        "country_code": row.country.iso2,
        "country": row.country.name(language),
        "city": row.city,
        "page": request.build_absolute_uri(reverse("public:destination", args=[row.key])),
    }
