"""Every open place as plain values, for the files of the public site: thousands of rows without an object a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django.db.models import QuerySet

from goliard.apps.agreements.models import CooperationCondition, LanguageSkill, SubjectArea
from goliard.apps.institutions.models import Organisation, OrganizationalUnit


class OpenPlace(NamedTuple):
    """One condition. Subjects and languages as they stand (`0421`; `en B2`), `is_illustrative` of its agreement."""

    pk: int
    receiving: int
    kind: str
    agreement: str
    places: int
    amount: str
    eqf_levels: str
    first_year: str
    last_year: str
    unit: int | None
    is_blended: bool
    is_illustrative: bool
    subjects: tuple[str, ...]
    languages: tuple[str, ...]


_FIELDS = (
    "pk", "receiving_id", "kind", "version__agreement__kind", "mobilities_per_year", "amount", "eqf_levels", "first_year", "last_year",
    "sending_unit_id", "is_blended", "version__agreement__is_illustrative",
)  # fmt: skip


def open_places(conditions: QuerySet[CooperationCondition]) -> Iterator[OpenPlace]:
    """Yield the conditions in their order, in three queries."""
    subjects = _by_condition(SubjectArea.objects.filter(condition__in=conditions.order_by()).values_list("condition_id", "isced_f"))
    spoken = LanguageSkill.objects.filter(condition__in=conditions.order_by()).values_list("condition_id", "language", "level")
    languages = _by_condition((key, f"{language} {level}".strip()) for key, language, level in spoken)
    for row in conditions.values_list(*_FIELDS):
        yield OpenPlace._make((*row, tuple(subjects.get(row[0], ())), tuple(languages.get(row[0], ()))))


def _by_condition(rows: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for key, value in rows:
        found[key].append(value)
    return found


def institutions(keys: Iterable[int]) -> dict[int, Organisation]:
    """Return institutions with their countries by primary key."""
    return {row.pk: row for row in Organisation.objects.select_related("country").filter(pk__in=set(keys))}


def units(keys: Iterable[int | None]) -> dict[int, OrganizationalUnit]:
    """Return units by primary key."""
    return {row.pk: row for row in OrganizationalUnit.objects.filter(pk__in={key for key in keys if key is not None})}
