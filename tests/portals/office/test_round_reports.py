"""Reports over rounds: participation, programmes that can go nowhere, the staff of a round."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.applications import a_student, a_submitted_application
from tests.factories.calls import a_writer
from tests.factories.rounds import NOW, OFFICER, Stage, a_round, an_open_round
from tests.factories.staff_rounds import a_member_of_staff, a_staff_application, an_open_staff_round

from goliard.apps.applications.queries.unserved import programmes_served
from goliard.apps.applications.services.approvals import record_approval
from goliard.apps.people.models import PersonIdentifier
from goliard.apps.placement.queries.participation import Grouping, participation_in
from goliard.apps.rounds.choices import Audience
from goliard.apps.rounds.models import RoundRequirement
from goliard.apps.rounds.services.hosts import offer_places
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Client:
    made = Client()
    made.force_login(a_writer("officer@example.org", Role.OFFICER))
    return made


def test_programmes_without_any_destination_and_why() -> None:
    stage = an_open_round(1)
    a_student(stage)
    a_student(stage, 2, credits_hundredths=0, average_thousandths=5500)  # of the same programme: results are a person's
    a_student(stage, 3, programme="B-LAW", unit=stage.university.law, subject="0421")
    a_student(stage, 4, programme="D-AST", cycle=8)
    rows = {row.enrolment.programme: row for row in programmes_served("2027/2028", NOW.date())}
    assert {name: (row.students, row.destinations, row.is_served) for name, row in rows.items()} == {
        "B-LAW": (1, 0, False), "D-AST": (1, 0, False), "B-AST": (2, 1, True),
    }  # fmt: skip
    assert [why.because.en for why in rows["B-LAW"].reasons] == ["the places are for another subject area."]
    assert [row.is_served for row in programmes_served("2028/2029", NOW.date())] == [False, False, False]


def test_a_host_of_ones_own_is_an_alternative() -> None:
    stage = an_open_round(1)
    a_student(stage, programme="B-LAW", unit=stage.university.law, subject="0421")
    trainees = a_round("trainees", kind="traineeship", state="open")
    offer_places(round=trainees, organisation=None, places=3, actor=OFFICER, now=NOW)
    (row,) = programmes_served("2027/2028", NOW.date())
    assert (row.destinations, row.own_hosts, row.is_served) == (0, 1, True)
    RoundRequirement.objects.filter(round=trainees).update(programmes="B-AST")
    assert not programmes_served("2027/2028", NOW.date())[0].is_served


def test_questions_do_not_grow_with_the_programmes(django_assert_num_queries) -> None:
    stage = an_open_round(1)
    a_student(stage)
    with django_assert_num_queries(8):
        programmes_served("2027/2028", NOW.date())
    for number in range(2, 12):
        a_student(stage, number, programme=f"B-{number}")
    with django_assert_num_queries(8):
        assert len(programmes_served("2027/2028", NOW.date())) == 11


def test_participation_counts_people_and_hides_few() -> None:
    stage = an_open_round(1)
    people = [a_student(stage, number, cycle=6 if number < 14 else 7) for number in range(1, 24)]
    for person in [*people[:6], *people[13:20]]:
        a_submitted_application(stage, person, "alpha")
    found = {each.group: each for each in participation_in(Audience.STUDENTS, "2027/2028", Grouping.CYCLE, NOW.date())}
    assert {name: (each.population, each.applicants, str(each.rate)) for name, each in found.items()} == {
        "6": (13, 6, "46.2"), "7": (10, 7, "70.0"), "": (23, 13, "56.5"),
    }  # fmt: skip
    by_faculty = participation_in(Audience.STUDENTS, "2027/2028", Grouping.FACULTY, NOW.date())
    assert [(each.group, each.population) for each in by_faculty] == [("science", 23), ("", 23)]
    assert participation_in(Audience.STAFF, "2027/2028", Grouping.CATEGORY, NOW.date())[-1].population is None


def test_the_screens_open_and_name_the_groups(office: Client) -> None:
    stage = an_open_round(1)
    for number in range(1, 8):
        a_student(stage, number)
    page = office.get("/en/office/participation/").content.decode()
    assert all(word in page for word in ("Bachelor", "Science", "2027/2028"))
    assert "Sterrenkunde" in office.get("/nl/office/programmes-without-a-destination/").content.decode()


def staff_stage() -> Stage:
    stage = an_open_staff_round()
    for number, category in ((1, "academic"), (2, "academic"), (3, "support")):
        person = a_member_of_staff(stage, number, category=category)
        PersonIdentifier.objects.create(person=person, scheme="staff-number", issuer="home", value=f"p{number}")
        application = a_staff_application(stage, person, now=timezone.now())
        if number == 1:
            record_approval(application=application, is_approved=True, reason="=By mail", actor=OFFICER, now=timezone.now())
    return stage


def test_academic_and_support_staff_are_counted_apart_and_add_up(office: Client) -> None:
    stage = staff_stage()
    counts = office.get(f"/en/office/rounds/{stage.round.pk}/staff/").context["counts"]
    assert counts == {"applied": [2, 1, 3], "approved by the line manager": [1, 0, 1], "place accepted": [0, 0, 0]}
    topics = office.get(f"/en/office/rounds/{stage.round.pk}/staff/").context["topics"]
    assert [(topic, number, str(hours)) for topic, number, hours in topics] == [
        ("Project management", 3, "12"),
        ("Writing a research proposal", 3, "13.5"),
    ]


def test_the_staff_record_has_the_approval(office: Client) -> None:
    stage = staff_stage()
    answer = office.get(f"/en/office/rounds/{stage.round.pk}/staff.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert [(row["staff_number"], row["category"], row["approval"], row["hours"]) for row in rows] == [
        ("p1", "academic", "approved", "8.5"), ("p2", "academic", "asked", "8.5"), ("p3", "support", "asked", "8.5"),
    ]  # fmt: skip
    assert office.get(f"/en/office/rounds/{an_open_round(1, university=stage.university).round.pk}/staff/").status_code == 404
