"""The feed of the staff system: the promises of the students' feed, and an office that knew somebody before."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from tests.factories.university import a_small_university

from goliard.apps.people.models import Appointment, Person, PersonEmail, PersonIdentifier
from goliard.apps.people.services.student_feed import STAFF, FeedRefused, FeedReport, read_feed, take_staff_feed
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
LECTURER = {
    "staff_number": "p1", "given_name": "Lecturer", "family_name": "Astronomy", "email": "Lecturer@example.org", "nationalities": "NL",
    "appointment": "a1", "function_nl": "Docent", "function_en": "Lecturer", "category": "academic", "seniority": "Junior",
    "unit": "observatory", "subject": "0533", "employed_from": "2020-09-01", "employed_until": "", "manager_name": "Head",
    "manager_email": "head@example.org", "languages": "en C2", "as_of": "2026-11-01",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _university(db: None) -> None:
    a_small_university()


def take(*records: dict[str, str], **options: Any) -> FeedReport:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(LECTURER), delimiter=";")
    writer.writeheader()
    writer.writerows(records)
    return take_staff_feed(rows=read_feed(stream.getvalue().encode("utf-8-sig"), STAFF), actor=system("test"), now=NOW, **options)


def test_an_appointment_comes_in_once() -> None:
    assert take(LECTURER, dry_run=True).new == 1
    assert Appointment.objects.count() == 0
    take(LECTURER)
    kept = Appointment.objects.get()
    assert (kept.category, kept.seniority, kept.manager_email, kept.unit.key) == ("academic", "junior", "head@example.org", "observatory")
    assert PersonIdentifier.objects.get().scheme == "staff-number"
    assert take(LECTURER).unchanged == 1
    assert (Person.objects.count(), Appointment.objects.count()) == (1, 1)


def test_another_appointment_and_another_function() -> None:
    take(LECTURER)
    report = take(LECTURER | {"function_en": "Senior lecturer"}, LECTURER | {"appointment": "a2", "category": "support"})
    assert (report.changed, [effect.columns for effect in report.effects]) == (2, [("function_en",), ("appointment",)])
    assert sorted(Appointment.objects.values_list("code", "category", "function_en")) == [
        ("a1", "academic", "Senior lecturer"),
        ("a2", "support", "Lecturer"),
    ]


def test_somebody_whom_the_office_keeps_already_is_known_by_the_address() -> None:
    coordinator = Person.objects.create(family_name="Astronomy")
    PersonEmail.objects.create(person=coordinator, email="lecturer@example.org")
    take(LECTURER)
    assert Appointment.objects.get().person == coordinator


def test_an_address_of_two_people_names_nobody() -> None:
    for _number in range(2):
        PersonEmail.objects.create(person=Person.objects.create(family_name="Astronomy"), email="lecturer@example.org")
    take(LECTURER)
    assert Person.objects.count() == 3


def test_an_address_that_went_to_somebody_else_is_not_that_person() -> None:
    take(LECTURER)
    take(LECTURER | {"staff_number": "p2", "family_name": "Successor"})
    assert sorted(Person.objects.values_list("family_name", flat=True)) == ["Astronomy", "Successor"]


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"category": "professor"}, "category", "none of: academic, support"),
        ({"seniority": "very"}, "seniority", "none of: junior, intermediate, senior"),
        ({"unit": "nowhere"}, "unit", "No unit with the key"),
        ({"manager_email": "head"}, "manager_email", "no e-mail address"),
        ({"employed_until": "2019-01-01"}, "employed_until", "before the first day"),
        ({"appointment": ""}, "appointment", "empty"),
        ({"as_of": "01-11-2026"}, "as_of", "no date such as"),
        ({"family_name": "A\x00B"}, "family_name", "cannot be read"),
    ],
)
def test_what_is_wrong_has_its_row_and_column_and_nothing_is_written(change: dict[str, str], column: str, said: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        take(LECTURER, LECTURER | {"staff_number": "p2", "email": "p2@example.org"} | change)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, column)]
    assert said in refused.value.faults[0].because.en
    assert (Person.objects.count(), Appointment.objects.count()) == (0, 0)


def test_a_file_of_students_is_no_file_of_staff() -> None:
    with pytest.raises(FeedRefused, match="does not know this column"):
        read_feed(b"student_number,programme\ns1,B-AST\n", STAFF)
