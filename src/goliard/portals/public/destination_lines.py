"""What the pages and files say about a destination: its places with subjects, languages and levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from goliard.apps.agreements.choices import ConditionKind
from goliard.apps.agreements.models import CooperationCondition
from goliard.apps.institutions.models import Organisation
from goliard.portals.public.exchange_words import language_name, level_name, subject_name
from goliard.rules.agreements.copy import ConditionKind as Kind

COLUMNS = (
    "destination_key",
    "destination",
    "country_code",
    "country",
    "city",
    "mobility",
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


def open_rows(conditions: Iterable[CooperationCondition], language: str, request: HttpRequest) -> Iterator[Row]:
    """Yield a row a condition; several values of a cell are separated by `; `."""
    for row in conditions:
        to = row.receiving
        yield {
            "destination_key": to.key,
            "destination": to.name(language),
            "country_code": to.country.iso2,
            "country": to.country.name(language),
            "city": to.city,
            "mobility": row.kind,
            "places_a_year": row.mobilities_per_year,
            "months_or_days_a_year": row.amount,
            "eqf_levels": "; ".join(row.eqf_levels),
            "isced_f": "; ".join(each.isced_f for each in row.subjects.all()),
            "languages": "; ".join(f"{each.language} {each.level}".strip() for each in row.languages.all()),
            "first_year": row.first_year,
            "last_year": row.last_year,
            "home_unit": row.sending_unit.name(language) if row.sending_unit else "",
            "is_blended": row.is_blended,
            "is_illustrative": is_illustrative(to, [row]),
            "page": request.build_absolute_uri(reverse("public:destination", args=[to.key])),
        }
