"""Somebody hands in an application on paper: the office begins it, types it on the applicant's screens, and everybody sees that it did."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.applications import PDF, a_draft, a_student
from tests.factories.rounds import Stage, an_open_round
from tests.portals.office.conftest import SignIn
from tests.portals.public.reading import words

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Application, ApplicationSubmission, OpportunityDeclaration
from goliard.apps.applications.queries.submitted import submitted_in
from goliard.apps.journal.models import JournalEntry
from goliard.apps.people.models import Person
from goliard.apps.rounds.models import Round
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db
WHY = "Had no computer in the clinic."


@pytest.fixture
def stage(db: None) -> Stage:
    """A round whose deadline was yesterday."""
    today = timezone.localdate()
    stage = an_open_round(2, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9))
    Round.objects.filter(pk=stage.round.pk).update(closes_on=today - timedelta(days=1))
    return Stage(stage.university, Round.objects.get(pk=stage.round.pk), stage.pools)


@pytest.fixture
def person(stage: Stage) -> Person:
    return a_student(stage)


def begin(officer: Client, stage: Stage, person: Person, days: int = 2, reason: str = WHY) -> str:
    day = (timezone.localdate() - timedelta(days=days)).isoformat()
    form = {"person": str(person.public_id), "received_on": day, "reason": reason, "language": "en"}
    return words(officer.post(f"/en/office/rounds/{stage.round.pk}/paper/", form, follow=True).content.decode())


def test_the_office_types_what_came_on_paper_in_time(stage: Stage, person: Person, officer: Client) -> None:
    said = begin(officer, stage, person)
    application = Application.objects.get()
    assert "You type the application of Student Number 1 from paper" in said
    base = f"/en/student/applications/{application.public_id}/"
    alpha = stage.round.destinations.order_by("pk")[0].pk
    question, document = stage.round.questions.get(), stage.round.documents.get()
    officer.post(f"{base}wishes/", {"seen": 0, "do": f"add:{alpha}"})
    officer.post(f"{base}questions/", {"seen": 0, f"answer_{question.pk}": "To see the stars."})
    officer.post(f"{base}documents/", {"document": document.pk, "file": SimpleUploadedFile("t.pdf", PDF)})
    officer.post(f"{base}submit/")
    submission = ApplicationSubmission.objects.get()
    assert json.loads(submission.content)["on_paper"] == {"reason": WHY, "received_on": str(application.paper_received_on)}
    assert [each.application for each in submitted_in(stage.round)] == [application.pk]
    entry = JournalEntry.objects.get(verb="start-on-paper")
    assert (entry.reason, entry.actor) == (WHY, JournalEntry.objects.get(verb="submit-application").actor)
    assert "on paper" in words(officer.get(f"/en/office/applications/{application.pk}/").content.decode())


def test_the_applicant_sees_who_typed_it_and_why_and_changes_nothing(stage: Stage, person: Person, officer: Client) -> None:
    begin(officer, stage, person)
    student = Client()
    student.force_login(User.objects.get(person=person))
    base = f"/en/student/applications/{Application.objects.get().public_id}/"
    said = words(student.get(base).content.decode())
    assert "The office entered this application for you from paper" in said
    assert WHY in said
    assert "The office types this application from paper." in words(student.get(f"{base}wishes/").content.decode())
    assert student.post(f"{base}wishes/", {"seen": 0}).status_code == 403
    assert student.post(f"{base}submit/").status_code == 403
    assert officer.get(f"{base}circumstances/").status_code == 403, "what is special is the applicant's own"
    assert student.post(f"{base}circumstances/", {"ground": "care", "consent": "on"}).status_code == 302
    assert OpportunityDeclaration.objects.count() == 1


@pytest.mark.parametrize(
    ("days", "reason", "told"),
    [
        (2, " ", "This field is required."),
        (-1, WHY, "This day has not come."),
        (0, WHY, "On paper counts what came in from"),
        (30, WHY, "On paper counts what came in from"),
    ],
)
def test_what_cannot_be_is_refused(stage: Stage, person: Person, officer: Client, days: int, reason: str, told: str) -> None:
    assert told in begin(officer, stage, person, days, reason)
    assert Application.objects.count() == 0


def test_who_began_one_gets_more_time_instead_and_nobody_writes_in_theirs(stage: Stage, person: Person, sign_in: SignIn) -> None:
    officer, law = sign_in(Role.OFFICER), sign_in(Role.FACULTY_OFFICER, unit=stage.university.law)
    own = a_draft(stage, person, now=timezone.now() - timedelta(days=3))
    assert "give more time for that one" in begin(officer, stage, person)
    assert officer.get(f"/en/student/applications/{own.public_id}/wishes/").status_code == 403
    assert law.get(f"/en/office/rounds/{stage.round.pk}/paper/").status_code == 403
    begin(officer, stage, a_student(stage, 2))
    paper = Application.objects.exclude(paper_received_on=None).get()
    assert law.get(f"/en/student/applications/{paper.public_id}/wishes/").status_code == 403
    Round.objects.filter(pk=stage.round.pk).update(state="published")
    assert "This round is not open (any more)." in begin(officer, stage, a_student(stage, 3))
