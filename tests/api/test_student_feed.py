"""Students and results from the student system: the feed of the office, as JSON."""

from __future__ import annotations

from typing import Any

import pytest
from tests.api.test_entrance import told

from goliard.apps.journal.models import JournalEntry
from goliard.apps.people.models import Enrolment, Person

STUDENT: dict[str, Any] = {
    "student_number": "s1234567", "given_name": "Student", "family_name": "One", "email": "student.one@home.example",
    "nationalities": ["NL"], "programme": "astronomy", "programme_name_en": "Astronomy", "cycle": "bachelor", "unit": "science",
    "subject": "0533", "enrolled_from": "2024-09-01", "credits": "62.5", "average": "7.25",
    "languages": [{"language": "en", "level": "C1"}, {"language": "de", "level": "B1"}], "as_of": "2026-11-01",
}  # fmt: skip
REPORT = {"dry_run": False, "rows": 1, "new": 1, "changed": 0, "unchanged": 0, "older": 0}


def test_a_student_is_taken_in_once_and_changes_later(university, writer) -> None:
    first = writer.send("post", "student-feed", {"students": [STUDENT]})
    assert first.status_code == 200
    assert {name: value for name, value in first.json().items() if name != "effects"} == REPORT
    assert [(each["index"], each["student_number"], each["effect"]) for each in first.json()["effects"]] == [(0, "s1234567", "new")]
    enrolment = Enrolment.objects.get()
    assert (enrolment.credits_hundredths, enrolment.average_thousandths, enrolment.unit) == (6250, 7250, university.science)
    assert {(each.language, each.level) for each in enrolment.person.language_results.all()} == {("en", "C1"), ("de", "B1")}
    again = writer.send("post", "student-feed", {"students": [STUDENT]}).json()
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 1)
    later = writer.send("post", "student-feed", {"students": [STUDENT | {"credits": "65", "as_of": "2026-11-02"}]}).json()
    assert [(each["effect"], "credits" in each["columns"]) for each in later["effects"]] == [("changed", True)]
    assert Enrolment.objects.get().credits_hundredths == 6500
    earlier = writer.send("post", "student-feed", {"students": [STUDENT | {"as_of": "2026-10-01"}]}).json()
    assert (earlier["older"], Enrolment.objects.get().credits_hundredths) == (1, 6500)


def test_a_dry_run_only_says_what_would_happen(university, writer) -> None:
    told_ = writer.send("post", "student-feed", {"students": [STUDENT], "dry_run": True}).json()
    assert (told_["dry_run"], told_["new"]) == (True, 1)
    assert not Person.objects.exists()
    assert not JournalEntry.objects.filter(verb="take-student-feed").exists()


def test_one_fault_and_nothing_is_taken_with_every_fault_told_by_its_field(university, writer) -> None:
    second = STUDENT | {"student_number": "s2", "email": "nobody", "unit": "absent", "average": "11"}
    answer = writer.send("post", "student-feed", {"students": [STUDENT, second]})
    assert told(answer) == (422, "feed-refused")
    assert [each["field"] for each in answer.json()["errors"]] == ["students.1.email", "students.1.average"]
    known = writer.send(
        "post", "student-feed", {"students": [STUDENT, STUDENT | {"student_number": "s2", "email": "s2@home.example", "unit": "absent"}]}
    )
    assert [each["field"] for each in known.json()["errors"]] == ["students.1.unit"]
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("students", "expected"),
    [
        ([], [("students", "too-short")]),
        ([STUDENT | {"average": 7.25}], [("students.0.average", "string-type")]),
        ([STUDENT | {"password": "x"}], [("students.0.password", "extra-forbidden")]),
        ([{name: value for name, value in STUDENT.items() if name != "as_of"}], [("students.0.as_of", "missing")]),
    ],
)
def test_what_is_no_feed_is_refused(university, writer, students, expected) -> None:
    answer = writer.send("post", "student-feed", {"students": students})
    assert told(answer) == (422, "invalid")
    assert [(each["field"], each["rule"]) for each in answer.json()["errors"]] == expected


def test_the_journal_names_the_token(university, writer) -> None:
    writer.send("post", "student-feed", {"students": [STUDENT]}, **{"idempotency-key": "night-1"})
    writer.send("post", "student-feed", {"students": [STUDENT]}, **{"idempotency-key": "night-1"})
    assert JournalEntry.objects.get(verb="take-student-feed").actor == writer.made.token.actor_id


def test_an_empty_field_is_emptied_and_an_absent_one_stays(university, writer) -> None:
    writer.send("post", "student-feed", {"students": [STUDENT]})
    absent = {name: value for name, value in STUDENT.items() if name != "average"} | {"as_of": "2026-11-02"}
    writer.send("post", "student-feed", {"students": [absent]})
    assert Enrolment.objects.get().average_thousandths == 7250
    writer.send("post", "student-feed", {"students": [absent | {"average": None, "as_of": "2026-11-03"}]})
    assert Enrolment.objects.get().average_thousandths is None
