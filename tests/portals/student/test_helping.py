"""What a student finds besides destinations: money that is open to them, whom to ask, and the letters they got."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from tests.factories.applications import a_student, a_submitted_application
from tests.factories.grants import a_scheme
from tests.factories.rounds import Stage, an_open_round
from tests.factories.staff_rounds import a_member_of_staff, an_open_staff_round

from goliard.apps.accounts.models import User
from goliard.apps.applications.queries.help import contacts_for, letters_about
from goliard.apps.grants.queries.offered import offered_schemes
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Contact, Person

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


@pytest.fixture
def stage() -> Stage:
    return an_open_round()


def browser(person: Person) -> Client:
    made = Client()
    made.force_login(User.objects.get(person=person))
    return made


@pytest.mark.parametrize(
    ("cycles", "reason"),
    [
        ((6,), None),
        ((7,), None),
        ((8,), "LUSTRA+ is for bachelor and master students"),
        ((5,), "LUSTRA+ is for bachelor and master students"),
        ((7, 8), None),
        ((), None),
    ],
)
def test_a_scholarship_is_offered_by_cycle(cycles: tuple[int, ...], reason: str | None) -> None:
    a_scheme()
    (found,) = offered_schemes(DAY, cycles)
    assert (found.refused.en if found.refused else None) == reason


def test_a_doctoral_candidate_reads_why_there_is_no_button(stage: Stage) -> None:
    a_scheme()
    doctoral, master = browser(a_student(stage, cycle=8)), browser(a_student(stage, 2, cycle=7))
    ask = "/en/student/scholarships/ask/lustra-2026/"
    page = doctoral.get("/en/student/scholarships/").content.decode()
    assert (ask in page, "LUSTRA+ is for bachelor and master students." in page) == (False, True)
    assert ask in master.get("/en/student/scholarships/").content.decode()


def test_the_nearest_unit_that_has_somebody(stage: Stage) -> None:
    home, science = stage.university.home, stage.university.science
    contact = {"organisation": home, "mailbox_name": "Desk"}
    Contact.objects.create(**contact, role="outgoing", email="central@example.org")
    Contact.objects.create(**contact, role="staff-mobility", email="staff@example.org")
    enrolment = a_student(stage).enrolments.get()
    assert [row.email for row in contacts_for(enrolment, DAY)] == ["central@example.org"]
    Contact.objects.create(**contact, unit=science, role="outgoing", email="science@example.org")
    Contact.objects.create(**contact, unit=science, role="outgoing", email="gone@example.org", valid_until=dt.date(2026, 1, 1))
    assert [row.email for row in contacts_for(enrolment, DAY)] == ["science@example.org"]
    staff = a_member_of_staff(an_open_staff_round(university=stage.university)).appointments.get()
    assert [row.email for row in contacts_for(staff, DAY)] == ["staff@example.org"]


def test_letters_are_ones_own(stage: Stage) -> None:
    person, other = a_student(stage), a_student(stage, 2)
    mine, theirs = a_submitted_application(stage, person), a_submitted_application(stage, other)
    assert [row.address for row in letters_about([mine])] == ["student1@example.org"]
    Delivery.objects.filter(about_id=str(mine.pk)).update(address="elsewhere@example.org")
    assert letters_about([mine]) == [], "what went to somebody else about me is theirs"
    page = browser(other).get("/en/student/").content.decode()
    assert ("Messages" in page, theirs.submissions.get().content_hash in page) == (True, True)
