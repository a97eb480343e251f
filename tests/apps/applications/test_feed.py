"""The student system speaks while a round is open: what is open follows, what was handed in stays as it was."""

from __future__ import annotations

import json

import pytest
from tests.factories.applications import a_complete_draft, a_student, a_submitted_application, actor_of
from tests.factories.rounds import NOW, Stage, an_open_round

from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.submitted import submitted_in
from goliard.apps.applications.services.submitting import submit_application
from goliard.apps.institutions.refusals import Refused
from goliard.apps.people.choices import IdentifierScheme
from goliard.apps.people.models import Person, PersonIdentifier
from goliard.apps.people.services.student_feed import rows_of_records, take_student_feed
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return an_open_round()


def numbered(person: Person, number: str) -> Person:
    PersonIdentifier.objects.create(person=person, scheme=IdentifierScheme.STUDENT_NUMBER, issuer="home", value=number)
    return person


def feed(number: str, **said: str) -> None:
    """A row of the feed about a student of the factories."""
    record = {
        "student_number": number, "given_name": "Student", "family_name": f"Number {number[1:]}",
        "email": f"student{number[1:]}@example.org", "programme": "B-AST", "cycle": "bachelor", "unit": "observatory", "subject": "0222",
        "enrolled_from": "2024-09-01", "credits": "90.5", "average": "7.25", "as_of": "2026-11-19",
    }  # fmt: skip
    take_student_feed(rows=rows_of_records([record | said]), actor=system("feed"), now=NOW)


def test_a_draft_follows_the_newest_results(stage: Stage) -> None:
    person = numbered(a_student(stage), "s1")
    draft = a_complete_draft(stage, person)
    feed("s1", average="6.9")
    with pytest.raises(Refused, match=r"your average is 6\.9; needed: 7"):
        submit_application(application=draft, actor=actor_of(person), now=NOW)
    feed("s1", average="7", as_of="2026-11-20")
    submit_application(application=Application.objects.get(pk=draft.pk), actor=actor_of(person), now=NOW)
    assert Application.objects.get().state == "submitted"


def test_what_was_handed_in_keeps_the_record_of_that_moment(stage: Stage) -> None:
    person = numbered(a_student(stage), "s1")
    application = a_submitted_application(stage, person)
    before = application.submissions.get().content_hash
    feed("s1", average="9.5", credits="180")
    (counted,) = submitted_in(stage.round)
    assert (str(counted.average), str(counted.credits)) == ("7.25", "90.5")
    assert application.submissions.get().content_hash == before
    given = submit_application(application=Application.objects.get(pk=application.pk), actor=actor_of(person), now=NOW)
    assert (given.number, given.content_hash) == (1, before), "handing in the same thing again is the same receipt"
    assert json.loads(given.content)["record"]["average"] == "7.25"


def test_an_enrolment_that_ended_closes_the_round_and_who_is_in_no_row_stays(stage: Stage) -> None:
    first, second = numbered(a_student(stage), "s1"), numbered(a_student(stage, 2), "s2")
    one, two = a_complete_draft(stage, first), a_complete_draft(stage, second)
    feed("s1", enrolled_until="2026-11-19")
    with pytest.raises(Refused, match="you are not enrolled"):
        submit_application(application=one, actor=actor_of(first), now=NOW)
    submit_application(application=two, actor=actor_of(second), now=NOW)
