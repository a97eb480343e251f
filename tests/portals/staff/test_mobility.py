"""The staff portal as a member of staff and a line manager use it, without JavaScript and in either language."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils import timezone
from tests.factories.applications import a_student, wishes_of
from tests.factories.rounds import Stage
from tests.factories.staff_rounds import a_member_of_staff, a_staff_application, a_staff_draft
from tests.factories.university import a_small_university
from tests.portals.examples import the_open_round, the_open_staff_round

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Application
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.sealing import unsealed
from goliard.apps.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage() -> Stage:
    return the_open_staff_round(a_small_university())


def browser(person: Person) -> Client:
    made = Client()
    made.force_login(User.objects.get(person=person))
    return made


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_what_is_open_and_why_not_the_rest(stage: Stage) -> None:
    staff = browser(a_member_of_staff(stage))
    home = text_of(staff.get("/en/staff/"))
    assert "Staff mobility" in home
    assert "/en/staff/mobility/rounds/staff-now/" in home
    page = text_of(staff.get("/en/staff/mobility/rounds/staff-now/"))
    assert "Begin an application" in page
    assert 'Open to you <span class="count">2</span>' in page
    ended = browser(a_member_of_staff(stage, 2, valid_until="2020-01-01"))
    assert "You have no appointment here." in text_of(ended.get("/en/staff/mobility/rounds/staff-now/"))


def test_from_the_first_wish_to_the_receipt_without_javascript(stage: Stage) -> None:
    staff = browser(person := a_member_of_staff(stage, manager_name="Head", manager_email="head@example.org"))
    begun = staff.post("/nl/staff/mobility/rounds/staff-now/start/")
    application = Application.objects.get()
    base = f"/nl/staff/mobility/applications/{application.public_id}/"
    assert begun.headers["Location"] == base + "wishes/"
    wish = wishes_of(stage, "alpha")[0].destination
    led = staff.post(base + "wishes/", {"seen": 0, "wish": [wish], "next": "1"})
    assert led.headers["Location"] == base + "stay/", "the next task stands in the same portal"
    stay = {"seen": 0, "purpose": "teaching", "starts_on": "2099-10-04", "ends_on": "2099-10-08", "topic_0": "Les", "hours_0": "8,5"}
    assert staff.post(base + "stay/", stay | {"next": "1"}).headers["Location"] == base + "questions/"
    again = text_of(staff.get(base + "stay/"))
    assert ('value="2099-10-04"' in again, 'value="8.5"' in again) == (True, True), "what was saved stands there in Dutch too"
    question = stage.round.questions.get()
    staff.post(base + "questions/", {"seen": 0, f"answer_{question.pk}": "Daarom."})
    assert staff.post(base + "approval/", {"name": "", "email": ""}).headers["Location"] == base + "circumstances/"
    assert staff.post(base + "submit/").headers["Location"] == base
    assert "ingediend" in text_of(staff.get(base))
    letter = Delivery.objects.get(letter="manager-approval")
    assert letter.address == "head@example.org"
    link = re.search(r"http://testserver(/\S+/approvals/\S+/)", unsealed(letter.body, letter.sealed, letter.language))
    assert link is not None
    answered = Client().post(link.group(1), {"answer": "yes", "seen": application.approval.plan_hash})
    assert answered.status_code == 200
    assert "goedgekeurd" in text_of(staff.get(base))
    assert "Mijn aanmeldingen" in text_of(staff.get("/nl/staff/mobility/"))
    assert person.applications.get().state == "submitted"


def test_hours_that_are_no_number_keep_what_was_written(stage: Stage) -> None:
    staff = browser(person := a_member_of_staff(stage))
    draft = a_staff_draft(stage, person, now=timezone.now())
    page = f"/en/staff/mobility/applications/{draft.public_id}/stay/"
    answer = staff.post(page, {"seen": 1, "purpose": "teaching", "topic_0": "Kept", "hours_0": "many"})
    assert (answer.status_code, 'value="Kept"' in text_of(answer)) == (422, True)
    assert draft.stay.sessions.count() == 2
    late = staff.post(page, {"seen": 0, "purpose": "training"}, headers={"HX-Request": "true"})
    assert "in another window" in text_of(late)


def test_a_student_never_sees_what_is_for_staff_and_staff_not_what_is_for_students(stage: Stage) -> None:
    exchange = the_open_round(stage.university)
    student, staff = browser(a_student(exchange)), browser(member := a_member_of_staff(stage))
    draft = a_staff_draft(stage, member, now=timezone.now())
    for page in ("/en/staff/", "/en/staff/mobility/", "/en/staff/mobility/rounds/staff-now/", "/en/staff/approvals/"):
        assert (page, student.get(page).status_code) == (page, 403)
    assert student.get(f"/en/staff/mobility/applications/{draft.public_id}/").status_code == 403
    assert student.get("/en/student/rounds/staff-now/").status_code == 404
    assert student.post("/en/student/rounds/staff-now/start/").status_code == 404
    assert "Staff mobility" not in text_of(student.get("/en/student/"))
    for page in ("/en/student/", "/en/student/rounds/open-now/", "/en/student/scholarships/"):
        assert (page, staff.get(page).status_code) == (page, 403)
    assert staff.get(f"/en/student/applications/{draft.public_id}/").status_code == 404, "one's own, but not in this portal"
    assert staff.get("/en/staff/mobility/rounds/open-now/").status_code == 404


def test_a_line_manager_answers_in_the_portal(stage: Stage) -> None:
    manager = browser(a_member_of_staff(stage, 2, email="manager@example.org"))
    assert "Nobody asked you." in text_of(manager.get("/en/staff/approvals/"))
    application = a_staff_application(stage, a_member_of_staff(stage), now=timezone.now())
    assert "1 request waits for your approval" in text_of(manager.get("/en/staff/"))
    page = f"/en/staff/approvals/{application.public_id}/"
    shown = text_of(manager.get(page))
    assert all(word in shown for word in ("Alpha", "Project management", "Institute of Physics"))
    assert "To teach there." not in shown, "answers are for the committee"
    refused = manager.post(page, {"answer": "no", "seen": application.approval.plan_hash})
    assert (refused.status_code, "Give the reason." in text_of(refused)) == (422, True)
    manager.post(page, {"answer": "no", "comment": "Examinations.", "seen": application.approval.plan_hash})
    application.approval.refresh_from_db()
    assert (application.approval.state, application.approval.comment) == ("refused", "Examinations.")


def test_the_office_sees_plan_and_approval_and_records_one(stage: Stage) -> None:
    application = a_staff_application(stage, a_member_of_staff(stage), now=timezone.now())
    officer = a_member_of_staff(stage, 3, email="officer@example.org")
    User.objects.get(person=officer).role_assignments.update(role="officer")
    office = browser(officer)
    shown = text_of(office.get(f"/en/office/applications/{application.pk}/"))
    assert all(word in shown for word in ("Writing a research proposal", "named by the applicant", "academic staff"))
    answer = office.post(f"/en/office/applications/{application.pk}/approval/", {"word": "yes", "words": "By mail."}, follow=True)
    assert "Recorded" in text_of(answer)
    assert application.approval.__class__.objects.get().is_recorded
