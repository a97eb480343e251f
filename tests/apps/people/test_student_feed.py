"""The feed of the student system: all of it or nothing, twice is once, and every fault has its row and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from tests.factories.university import a_country, a_small_university

from goliard.apps.journal.models import JournalEntry
from goliard.apps.people.models import Citizenship, Enrolment, LanguageResult, Person, PersonEmail, PersonIdentifier, PersonName
from goliard.apps.people.services.student_feed import FeedRefused, FeedReport, read_feed, rows_of_records, take_student_feed
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
ACTOR = system("test")
STUDENT = {
    "student_number": "s1000001", "given_name": "Student", "family_name": "One", "email": "S.One@example.org", "nationalities": "NL DE",
    "programme": "B-AST", "programme_name_nl": "Sterrenkunde", "programme_name_en": "Astronomy", "cycle": "bachelor",
    "unit": "observatory", "subject": "0533", "enrolled_from": "2024-09-01", "credits": "90,5", "average": "7.25",
    "languages": "en C1; de B1", "as_of": "2026-11-01",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _university(db: None) -> None:
    a_small_university()
    a_country("DE", "Germany", "Duitsland")


def sheet(*records: dict[str, str], delimiter: str = ",") -> bytes:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(STUDENT), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    return stream.getvalue().encode("utf-8-sig")


def take(*records: dict[str, str], **options: Any) -> FeedReport:
    return take_student_feed(rows=read_feed(sheet(*records)), actor=ACTOR, now=NOW, **options)


def counts() -> dict[str, int]:
    kinds = (Person, PersonEmail, PersonIdentifier, PersonName, Citizenship, Enrolment, LanguageResult, JournalEntry)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def test_a_student_whom_nobody_knew() -> None:
    report = take(STUDENT)
    assert (report.rows, report.new, report.changed) == (1, 1, 0)
    person = Person.objects.get()
    assert (person.full_name, person.retention_class) == ("Student One", "application")
    assert "s1000001" in person.search_key
    assert person.emails.get().email == "s.one@example.org"
    assert (person.identifiers.get().issuer, person.identifiers.get().value) == ("home", "s1000001")
    assert {each.country.iso2 for each in person.citizenships.all()} == {"NL", "DE"}
    enrolment = person.enrolments.get()
    assert (enrolment.credits, enrolment.average, enrolment.bachelor_average) == (Decimal("90.5"), Decimal("7.25"), None)
    assert (enrolment.unit.key, enrolment.cycle, enrolment.title("nl"), enrolment.as_of) == (
        "observatory",
        6,
        "Sterrenkunde",
        dt.date(2026, 11, 1),
    )
    assert {(each.language, each.level) for each in person.language_results.all()} == {("en", "C1"), ("de", "B1")}
    assert JournalEntry.objects.get().verb == "take-student-feed"


def test_the_same_feed_twice_changes_nothing() -> None:
    take(STUDENT)
    before = counts()
    report = take(STUDENT)
    assert (report.new, report.changed, report.unchanged) == (0, 0, 1)
    assert counts() == before | {"JournalEntry": 2}


def test_a_dry_run_tells_and_writes_nothing() -> None:
    before = counts()
    report = take(STUDENT, dry_run=True)
    assert [(each.row, each.effect.value) for each in report.effects] == [(2, "new")]
    assert counts() == before


def test_what_differs_is_changed_and_the_earlier_name_stays() -> None:
    take(STUDENT)
    later = STUDENT | {
        "family_name": "Two", "credits": "120", "average": "", "nationalities": "NL", "languages": "en C2", "as_of": "2026-11-10"
    }  # fmt: skip
    report = take(later)
    assert report.effects[0].columns == ("family_name", "nationalities", "languages", "credits", "average")
    person = Person.objects.get()
    assert (person.full_name, str(person.earlier_names.get())) == ("Student Two", "Student One")
    assert "student one" in person.search_key
    assert (person.enrolments.get().credits, person.enrolments.get().average) == (Decimal(120), None)
    assert Citizenship.objects.get(country__iso2="DE").valid_until == dt.date(2026, 11, 9)
    assert {(each.language, each.level) for each in person.language_results.all()} == {("en", "C2"), ("de", "B1")}


def test_a_row_of_an_earlier_day_is_left_aside() -> None:
    take(STUDENT)
    report = take(STUDENT | {"credits": "60", "family_name": "Old", "as_of": "2026-10-01"})
    assert (report.older, report.changed) == (1, 0)
    assert Enrolment.objects.get().credits == Decimal("90.5")
    assert Person.objects.get().family_name == "One"


def test_who_is_in_no_row_stays() -> None:
    take(STUDENT)
    take(STUDENT | {"student_number": "s2", "email": "s.two@example.org"})
    assert Person.objects.count() == Enrolment.objects.count() == 2


def test_a_student_in_two_programmes_is_one_person() -> None:
    report = take(STUDENT, STUDENT | {"programme": "B-LAW", "unit": "law", "credits": "10"})
    assert report.new == 2
    assert (Person.objects.count(), Enrolment.objects.count(), LanguageResult.objects.count()) == (1, 2, 2)


def test_a_student_is_known_by_esi_when_the_number_changed() -> None:
    esi = {"esi": "urn:schac:personalUniqueCode:int:esi:nl:123"}
    rows = rows_of_records([STUDENT | esi])
    take_student_feed(rows=rows, actor=ACTOR, now=NOW)
    take_student_feed(rows=rows_of_records([STUDENT | esi | {"student_number": "s9"}]), actor=ACTOR, now=NOW)
    assert sorted(Person.objects.get().identifiers.values_list("value", flat=True)) == ["s1000001", "s9", esi["esi"]]


@pytest.mark.parametrize(
    ("wrong", "column"),
    [
        ({"student_number": ""}, "student_number"),
        ({"email": "no address"}, "email"),
        ({"nationalities": "NL XX"}, "nationalities"),
        ({"cycle": "3"}, "cycle"),
        ({"cycle": "professor"}, "cycle"),
        ({"unit": "nowhere"}, "unit"),
        ({"subject": "99999"}, "subject"),
        ({"enrolled_from": "1-9-2024"}, "enrolled_from"),
        ({"credits": "many"}, "credits"),
        ({"credits": "1001"}, "credits"),
        ({"credits": "-5"}, "credits"),
        ({"credits": "1e3"}, "credits"),
        ({"credits": "NaN"}, "credits"),
        ({"credits": "90.505"}, "credits"),
        ({"credits": "٩٠"}, "credits"),
        ({"average": "0"}, "average"),
        ({"average": "-7"}, "average"),
        ({"family_name": "A" * 121}, "family_name"),
        ({"given_name": "A\u202eB"}, "given_name"),
        ({"enrolled_from": "2024-02-30"}, "enrolled_from"),
        ({"average": "11"}, "average"),
        ({"average": "7.1234"}, "average"),
        ({"languages": "English C1"}, "languages"),
        ({"languages": "en C1; en B2"}, "languages"),
        ({"as_of": ""}, "as_of"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_fault_has_its_row_and_column_and_nothing_is_written(wrong: dict[str, str], column: str) -> None:
    before = counts()
    with pytest.raises(FeedRefused) as refused:
        take(STUDENT | {"student_number": "s2", "email": "s.two@example.org"}, STUDENT | wrong)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, column)]
    assert next(refused.value.lines("nl")).startswith(f"rij 3, kolom {column}: ")
    assert counts() == before


def test_rows_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(FeedRefused) as refused:
        take(STUDENT, STUDENT, STUDENT | {"student_number": "s2"}, STUDENT | {"programme": "B-LAW", "family_name": "Other"})
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, "programme"), (4, "email"), (5, "family_name")]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "row 1, column student_number: This column is missing."),
        (b"\xff\xfe", "row 1: This is not UTF-8"),
        ("student_number;family_name\n".encode("utf-16"), "row 1: This is not UTF-8"),
        ("student_number;family_name\ns1;Müller\n".encode("cp1252"), "row 2: This is not UTF-8"),
        (b"student_number,student_number\n", "row 1, column student_number: This column is there twice."),
        (b"student_number,grade\n", "row 1, column grade: The feed does not know this column."),
        (b'student_number,"\n', "row 1: This is not valid CSV"),
    ],
)
def test_a_file_that_is_no_feed_is_refused(content: bytes, told: str) -> None:
    with pytest.raises(FeedRefused) as refused:
        read_feed(content)
    assert any(line.startswith(told) for line in refused.value.lines("en")), list(refused.value.lines("en"))


def test_a_row_of_the_wrong_width_is_named() -> None:
    with pytest.raises(FeedRefused) as refused:
        read_feed(sheet(STUDENT) + b"s2,too,few\n")
    assert [fault.row for fault in refused.value.faults] == [3]


def test_semicolons_in_the_heading_are_forgiven() -> None:
    assert read_feed(sheet(STUDENT | {"languages": "en C1"}, delimiter=";"))[0]["student_number"] == "s1000001"


def test_questions_do_not_grow_with_the_rows(django_assert_max_num_queries) -> None:
    many = [STUDENT | {"student_number": f"s{number}", "email": f"s{number}@example.org"} for number in range(200)]
    with django_assert_max_num_queries(30):
        take(*many)
    with django_assert_max_num_queries(30):
        assert take(*many).unchanged == 200
