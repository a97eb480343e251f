"""What a feed would do: rows to add and rows to change, in memory; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from itertools import groupby
from typing import Any

from django.db import models

from goliard.apps.documents.choices import Retention
from goliard.apps.people.choices import IdentifierScheme
from goliard.apps.people.models import Citizenship, LanguageResult, Person, PersonEmail, PersonIdentifier, PersonName
from goliard.apps.people.services.persons import key_person
from goliard.apps.people.services.student_feed.faults import FeedFault
from goliard.apps.people.services.student_feed.feeds import Part
from goliard.apps.people.services.student_feed.known import Known
from goliard.apps.people.services.student_feed.reading import FeedRow
from goliard.rules.values.texts import Text

NAMES = ("given_name", "family_name", "native_name")
TEXTS = {  # an empty cell is an empty text
    *NAMES, "programme_name_nl", "programme_name_en", "subject", "function_nl", "function_en", "seniority", "manager_name", "manager_email",
}  # fmt: skip


class Effect(StrEnum):
    """What a row does."""

    NEW = "new"  # a student whom nobody knew
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    OLDER = "older"  # speaks for an earlier day than what is known: left aside


@dataclass(frozen=True, slots=True)
class RowEffect:
    """A row, whom it is about, what it does, and the columns that differ."""

    row: int
    student: str
    effect: Effect
    columns: tuple[str, ...] = ()


@dataclass(slots=True)
class FeedPlan:
    """The rows that a feed adds and changes, and what is wrong with it."""

    faults: list[FeedFault] = field(default_factory=list)
    effects: list[RowEffect] = field(default_factory=list)
    new_persons: list[Person] = field(default_factory=list)
    changed_persons: list[Person] = field(default_factory=list)
    added: list[models.Model] = field(default_factory=list)
    changed: list[models.Model] = field(default_factory=list)


def plan_feed(rows: Sequence[FeedRow], known: Known) -> FeedPlan:
    """Return what the feed would do."""
    plan = FeedPlan()
    ordered = sorted(rows, key=lambda row: (row[known.feed.number], row.number))
    for _number, group in groupby(ordered, key=lambda row: row[known.feed.number]):
        _plan_one(list(group), known, plan)
    plan.effects.sort(key=lambda effect: effect.row)
    return plan


def _plan_one(rows: Sequence[FeedRow], known: Known, plan: FeedPlan) -> None:
    person = _person_of(rows[0], known, plan)
    if person is None:
        return
    is_new = person.pk is None
    newest = max(row.as_of for row in rows).isoformat()
    personal = _plan_person(rows[0], person, known, plan) if newest >= known.newest.get(person.pk, "") else ()
    if is_new:
        plan.new_persons.append(person)
    for position, row in enumerate(rows):
        stored = known.parts.get((person.pk, row[known.feed.part]))
        if stored is not None and row.as_of < stored.as_of:
            plan.effects.append(RowEffect(row.number, row[known.feed.number], Effect.OLDER))
            continue
        columns = (*(personal if position == 0 else ()), *_plan_part(row, person, stored, known, plan))
        effect = Effect.NEW if is_new else Effect.CHANGED if columns else Effect.UNCHANGED
        plan.effects.append(RowEffect(row.number, row[known.feed.number], effect, columns))


def _person_of(row: FeedRow, known: Known, plan: FeedPlan) -> Person | None:
    """The person with this number, ESI or address, or a new one; None and a fault where number and ESI are of different people."""
    by_number = known.persons.get((known.feed.scheme.value, row[known.feed.number]))
    by_esi = known.persons.get((IdentifierScheme.ESI.value, row["esi"])) if row["esi"] else None
    if by_number and by_esi and by_number.pk != by_esi.pk:
        nl, en = "Deze ESI hoort bij een andere persoon hier.", "This ESI belongs to another person here."
        plan.faults.append(FeedFault(row.number, "esi", Text(nl, en)))
        return None
    return by_number or by_esi or _by_email(row, known) or Person(retention_class=Retention.APPLICATION)


def _by_email(row: FeedRow, known: Known) -> Person | None:
    """Somebody whom the office keeps already, who has no number of this kind."""
    found = known.persons.get(("email", row["email"])) if known.feed.finds_by_email else None
    return None if found is not None and found.pk in known.numbered else found


def _plan_person(row: FeedRow, person: Person, known: Known, plan: FeedPlan) -> tuple[str, ...]:
    """Names, address, numbers, nationalities and languages; return the columns that differ."""
    differing = [*_plan_names(row, person, known, plan), *_plan_numbers(row, person, known, plan)]
    if row["email"] not in known.emails.get(person.pk, set()):
        plan.added.append(PersonEmail(person=person, email=row["email"], is_preferred=person.pk not in known.preferred))
        differing.append("email")
    if row["nationalities"] is not None and _plan_citizenships(row, person, known, plan):
        differing.append("nationalities")
    if row["languages"] is not None and _plan_languages(row, person, known, plan):
        differing.append("languages")
    if differing and person.pk is not None:
        plan.changed_persons.append(person)  # once: what is said of a person is read from the first row
    emails = {row["email"], *known.emails.get(person.pk, set())}
    key_person(person, known.earlier_names.get(person.pk, []), [*sorted(emails), row[known.feed.number]])
    return tuple(differing)


def _plan_names(row: FeedRow, person: Person, known: Known, plan: FeedPlan) -> list[str]:
    said = {name: row[name] or "" for name in NAMES if name in row.said}
    differing = [name for name, value in said.items() if getattr(person, name) != value]
    if differing and person.pk is not None:
        old = {name: getattr(person, name) for name in NAMES}
        plan.added.append(PersonName(person=person, valid_until=row.as_of, **old))
        known.earlier_names.setdefault(person.pk, []).append(person.full_name)
    for name in differing:
        setattr(person, name, said[name])
    return differing


def _plan_numbers(row: FeedRow, person: Person, known: Known, plan: FeedPlan) -> list[str]:
    differing = []
    for column, scheme, issuer in (
        (known.feed.number, known.feed.scheme, known.issuer),
        ("esi", IdentifierScheme.ESI, ""),
    ):
        if row[column] and (person.pk, scheme.value, row[column]) not in known.identifiers:
            plan.added.append(PersonIdentifier(person=person, scheme=scheme, issuer=issuer, value=row[column]))
            differing.append(column)
    return differing


def _plan_citizenships(row: FeedRow, person: Person, known: Known, plan: FeedPlan) -> bool:
    """The cell is the whole list: a nationality that is not in it has ended the day before."""
    there = known.citizenships.get(person.pk, {})
    unknown = sorted(code for code in row["nationalities"] if code not in known.countries)
    if unknown:
        nl, en = f"Geen landcode: {', '.join(unknown)[:80]}.", f"No country code: {', '.join(unknown)[:80]}."
        plan.faults.append(FeedFault(row.number, "nationalities", Text(nl, en)))
        return False
    touched = False
    for code in sorted(row["nationalities"]):
        citizenship = there.get(code)
        if citizenship is None:
            plan.added.append(Citizenship(person=person, country=known.countries[code]))
            touched = True
        elif citizenship.valid_until is not None:
            citizenship.valid_until = None
            plan.changed.append(citizenship)
            touched = True
    for code, citizenship in there.items():
        if code not in row["nationalities"] and citizenship.valid_until is None:
            citizenship.valid_until = row.as_of - timedelta(days=1)
            plan.changed.append(citizenship)
            touched = True
    return touched


def _plan_languages(row: FeedRow, person: Person, known: Known, plan: FeedPlan) -> bool:
    """A language that the cell does not name keeps its level."""
    touched = False
    for language, level in sorted(row["languages"].items()):
        stored = known.languages.get((person.pk, language))
        if stored is None:
            result = LanguageResult(person=person, language=language, level=level.value, told_by=known.feed.told_by, as_of=row.as_of)
            plan.added.append(result)
            touched = True
        elif stored.level != level.value:
            stored.level, stored.as_of = level.value, row.as_of
            plan.changed.append(stored)
            touched = True
    return touched


def _plan_part(row: FeedRow, person: Person, stored: Part | None, known: Known, plan: FeedPlan) -> tuple[str, ...]:
    unit = known.units.get(row["unit"])
    if unit is None:
        nl, en = f"Geen eenheid met de sleutel ‘{row['unit']}’.", f"No unit with the key “{row['unit']}”."
        plan.faults.append(FeedFault(row.number, "unit", Text(nl, en)))
        return ()
    said: dict[str, tuple[str, Any]] = {
        column: (name, _said(row, column)) for column, name in known.feed.plain.items() if column in row.said
    }
    if stored is None:
        values = {name: value for name, value in said.values() if value is not None}
        plan.added.append(
            known.feed.model(person=person, unit=unit, as_of=row.as_of, **{known.feed.part_field: row[known.feed.part]}, **values)
        )
        return (known.feed.part,)
    differing = [column for column, (name, value) in said.items() if getattr(stored, name) != value]
    if stored.unit_id != unit.pk:
        differing.append("unit")
    if differing or stored.as_of != row.as_of:
        for name, value in said.values():
            setattr(stored, name, value)
        stored.unit, stored.as_of = unit, row.as_of
        plan.changed.append(stored)
    return tuple(differing)


def _said(row: FeedRow, column: str) -> Any:
    value = row[column]
    return "" if value is None and column in TEXTS else value


def of_kind(rows: Iterable[models.Model], kind: type[models.Model]) -> list[Any]:
    """Return the rows of one table."""
    return [row for row in rows if isinstance(row, kind)]
