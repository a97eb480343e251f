"""What agreements, partners and places share in the answers."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from goliard.api.v1.paging import Shape
from goliard.apps.agreements.models import CooperationCondition
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.rules.agreements.copy import ConditionKind
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.invalid_value import InvalidValue

Kind = Literal["student-studies", "student-traineeship", "staff-teaching", "staff-training"]


def _academic_year(text: str) -> str:
    try:
        return str(parse_academic_year(text))
    except InvalidValue:
        raise PydanticCustomError("academic_year", "no academic year") from None


YEAR_SCHEMA = {
    "type": "string",
    "format": "academic-year",
    "description": "such as 2026/2027; 2026/2026 where it begins in January",
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_day(value: object) -> date:
    """Read a day as ISO 8601 writes it. Pydantic would also take `0`, for a day in 1970."""
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date_parsing", "no day")


Day = Annotated[date, BeforeValidator(_written_day)]
Year = Annotated[str, AfterValidator(_academic_year), WithJsonSchema(YEAR_SCHEMA)]


class Named(Shape):
    """An organisation in a few words; `hei_id` where the network knows it."""

    key: str
    name_nl: str
    name_en: str
    hei_id: str | None
    country: str = Field(description="ISO 3166-1, two letters")


class Side(Shape):
    """An institution in a condition, and its unit where one was agreed."""

    key: str
    hei_id: str | None
    unit: str | None = Field(description="key of the unit")


class Subject(Shape):
    """A subject area."""

    isced_f: str
    clarification: str


class Language(Shape):
    """A recommended language with its CEFR level."""

    language: str
    level: str
    isced_f: str = Field(description="only for this subject; empty for all")


class Share(Shape):
    """Places a year that are set apart for a home unit."""

    unit: str
    places: int


class Condition(Shape):
    """Who may send how many to whom, for what, in which years."""

    position: int
    kind: Kind
    sending: Side
    receiving: Side
    first_year: str
    last_year: str
    mobilities_per_year: int
    amount: str | None = Field(description="months (students) or days (staff) a year in total, as it was agreed")
    amount_unit: Literal["months", "days"]
    eqf_levels: list[int]
    subjects: list[Subject]
    languages: list[Language]
    is_blended: bool
    other_terms: str
    shares: list[Share]


class Identifier(Shape):
    """An identifier with its issuer's scheme and the days on which it holds."""

    scheme: str
    value: str
    valid_from: date | None
    valid_until: date | None


def named(organisation: Organisation) -> Named:
    """Return an organisation whose `identifiers` and `country` are at hand."""
    return Named(
        key=organisation.key,
        name_nl=organisation.name_nl,
        name_en=organisation.name_en,
        hei_id=hei_id_of(organisation),
        country=organisation.country.iso2,
    )


def hei_id_of(organisation: Organisation) -> str | None:
    """Return the id by which the network knows an organisation whose `identifiers` are at hand."""
    return next((each.value for each in organisation.identifiers.all() if each.scheme == IdentifierScheme.HEI_ID), None)


def condition_shape(row: CooperationCondition) -> Condition:
    """Return a condition with all that belongs to it at hand."""
    return Condition(
        position=row.position,
        kind=row.kind,  # type: ignore[arg-type]  # the field's choices are these four
        sending=_side(row.sending, row.sending_unit),
        receiving=_side(row.receiving, row.receiving_unit),
        first_year=row.first_year,
        last_year=row.last_year,
        mobilities_per_year=row.mobilities_per_year,
        amount=row.amount or None,
        amount_unit="months" if ConditionKind(row.kind).is_student else "days",
        eqf_levels=[int(digit) for digit in row.eqf_levels],
        subjects=subjects_of(row),
        languages=[Language(language=each.language, level=each.level, isced_f=each.isced_f) for each in row.languages.all()],
        is_blended=row.is_blended,
        other_terms=row.other_terms,
        shares=[Share(unit=each.unit.key, places=each.places) for each in row.splits.all()],
    )


def subjects_of(row: CooperationCondition) -> list[Subject]:
    """Return the subjects of a condition."""
    return [Subject(isced_f=each.isced_f, clarification=each.clarification) for each in row.subjects.all()]


def _side(organisation: Organisation, unit: OrganizationalUnit | None) -> Side:
    return Side(key=organisation.key, hei_id=hei_id_of(organisation), unit=unit.key if unit else None)
