"""Applications in the office: the list by unit, what was handed in, missing documents, more time, letters, and what few may read."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook
from tests.factories.applications import PDF, a_complete_draft, a_draft, a_student, a_submitted_application, actor_of
from tests.factories.rounds import Stage, an_open_round
from tests.portals.office.conftest import SignIn
from tests.portals.public.reading import words

from goliard.apps.accounts.models import User
from goliard.apps.applications.choices import Ground
from goliard.apps.applications.models import Application, DocumentRequest, SpecialDataReader
from goliard.apps.applications.services.declarations import declare_opportunity, name_special_data_reader
from goliard.apps.applications.services.documents import answer_request
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Person
from goliard.apps.rounds.models import Round
from goliard.apps.scoring.models import CommitteeMember, CommitteeSheet
from goliard.apps.scoring.services.sheets import declare_conflict
from goliard.rules.access.actor import Role, system

pytestmark = pytest.mark.django_db
SECRET = "a chronic illness"


@pytest.fixture
def stage(db: None) -> Stage:
    today = timezone.localdate()
    return an_open_round(2, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9))


@pytest.fixture
def submitted(stage: Stage) -> Application:
    person = a_student(stage)
    application = a_submitted_application(stage, person, now=timezone.now())
    declare_opportunity(
        application=application, ground=Ground.HEALTH, explanation=SECRET, has_consented=True, actor=actor_of(person),
        now=timezone.now(), evidence=io.BytesIO(PDF),
    )  # fmt: skip
    return application


def read(browser: Client, path: str) -> str:
    answer = browser.get(f"/en/office/{path}")
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return words(answer.content.decode())


def test_a_faculty_officer_sees_the_own_units_only(stage: Stage, submitted: Application, sign_in: SignIn) -> None:
    science, law = (sign_in(Role.FACULTY_OFFICER, unit=unit) for unit in (stage.university.science, stage.university.law))
    assert "Student Number 1" in read(science, "applications/")
    assert "To see the stars." in read(science, f"applications/{submitted.pk}/")
    assert "Student Number 1" not in read(law, "applications/")
    assert law.get(f"/en/office/applications/{submitted.pk}/").status_code == 404
    assert law.post(f"/en/office/applications/{submitted.pk}/ask/").status_code == 403
    document = submitted.submissions.get().documents.get()
    assert law.get(f"/en/office/applications/{submitted.pk}/files/{document.pk}/").status_code == 403
    sent = science.get(f"/en/office/applications/{submitted.pk}/files/{document.pk}/")
    assert b"".join(sent.streaming_content) == PDF


def test_the_file_stays_shut_for_an_officer_who_declared_a_conflict(stage: Stage, submitted: Application, officer: Client) -> None:
    document = submitted.submissions.get().documents.get()
    member = CommitteeMember.objects.create(round=stage.round, user=User.objects.latest("pk"), named_at=timezone.now())
    sheet = CommitteeSheet.objects.create(application=submitted, member=member, dealt_at=timezone.now())
    assert "Student Number 1" in read(officer, "applications/")
    declare_conflict_in_scoring(sheet)
    assert "Student Number 1" not in read(officer, "applications/")
    assert officer.get(f"/en/office/applications/{submitted.pk}/").status_code == 404
    assert officer.get(f"/en/office/applications/{submitted.pk}/files/{document.pk}/").status_code == 403


def declare_conflict_in_scoring(sheet: CommitteeSheet) -> None:
    Round.objects.update(state="scoring")
    declare_conflict(sheet=sheet, has_conflict=True, actor=system("test"), now=timezone.now())


def test_fields_that_suggest_people_name_no_student(submitted: Application, sign_in: SignIn) -> None:
    Person.objects.create(given_name="Coordinator", family_name="Number 2", search_key="coordinator number 2")
    other = sign_in(Role.FACULTY_OFFICER, unit=submitted.enrolment.unit)
    told = other.get("/en/office/lookup/persons/?field=person&person=Number").content.decode()
    assert "Coordinator Number 2" in told
    assert "Student Number 1" not in told


def test_nothing_special_is_in_lists_pages_exports_or_history(submitted: Application, officer: Client) -> None:
    pages = [
        officer.get(f"/en/office/applications/{path}").content
        for path in ("", f"{submitted.pk}/", f"{submitted.pk}/history/", "export.csv")
    ]
    book = load_workbook(io.BytesIO(officer.get("/en/office/applications/export.xlsx").content))
    cells = [str(cell) for row in book.active.iter_rows(values_only=True) for cell in row]
    told = b" ".join(pages).decode() + " ".join(cells)
    assert "Student Number 1" in told
    for word in (SECRET, "health", "evidence", "eclar", "ewer opportunities"):
        assert word not in told
    assert officer.get(f"/en/office/applications/{submitted.pk}/declaration/").status_code == 403


def test_whoever_is_named_reads_and_every_reading_is_written_down(submitted: Application, sign_in: SignIn) -> None:
    officer, administrator = sign_in(Role.OFFICER), sign_in(Role.ADMINISTRATOR)
    email = User.objects.get(role_assignments__role="officer").email
    assert administrator.get(f"/en/office/applications/{submitted.pk}/declaration/").status_code == 403
    assert administrator.post("/en/office/special-data-readers/", {"email": "nobody@example.org", "reason": "x"}).status_code == 422
    administrator.post("/en/office/special-data-readers/", {"email": email, "reason": "Scholarships"})
    assert SECRET in read(officer, f"applications/{submitted.pk}/declaration/")
    assert b"".join(officer.get(f"/en/office/applications/{submitted.pk}/declaration/evidence/").streaming_content) == PDF
    assert JournalEntry.objects.filter(verb="read-declaration").count() == 2
    officer.post(f"/en/office/applications/{submitted.pk}/declaration/", {"assessment": "recognised"})
    assert Application.objects.get().declaration.assessment == "recognised"
    administrator.post(f"/en/office/special-data-readers/{SpecialDataReader.objects.get().pk}/end/")
    assert officer.get(f"/en/office/applications/{submitted.pk}/declaration/").status_code == 403


def test_a_reader_of_a_faculty_reads_of_the_own_units_only(stage: Stage, submitted: Application, sign_in: SignIn) -> None:
    for unit, status in ((stage.university.science, 200), (stage.university.law, 403)):
        reader = sign_in(Role.FACULTY_OFFICER, unit=unit)
        user = User.objects.latest("pk")
        name_special_data_reader(user=user, reason="Scholarships", actor=system("test"), now=timezone.now())
        assert reader.get(f"/en/office/applications/{submitted.pk}/declaration/").status_code == status
    assert JournalEntry.objects.filter(verb="read-declaration").count() == 1


def test_a_missing_document_is_asked_for_and_comes_in(submitted: Application, officer: Client) -> None:
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    officer.post(f"/en/office/applications/{submitted.pk}/ask/", {"words": "The second page.", "day": day})
    asked = DocumentRequest.objects.get()
    assert "The second page." in Delivery.objects.get(letter="application-document-asked").body
    answer_request(asked=asked, stream=io.BytesIO(PDF), name="page.pdf", actor=actor_of(submitted.person), now=timezone.now())
    assert "page.pdf" in read(officer, f"applications/{submitted.pk}/")
    assert "Student Number 1" in read(officer, "applications/?asked=answered")
    assert "Student Number 1" not in read(officer, "applications/?asked=asked")


def test_one_person_gets_more_time_and_the_reason_is_kept(submitted: Application, officer: Client) -> None:
    address, day = f"/en/office/applications/{submitted.pk}/more-time/", (timezone.localdate() + timedelta(days=30)).isoformat()
    assert "Give the reason" in words(officer.post(address, {"words": "", "day": day}, follow=True).content.decode())
    officer.post(address, {"words": "Was ill.", "day": day})
    assert Application.objects.get().reopening_reason == "Was ill."
    assert JournalEntry.objects.get(verb="reopen-for-one").reason == "Was ill."


def test_reminders_are_read_before_they_leave(stage: Stage, submitted: Application, officer: Client) -> None:
    a_draft(stage, a_student(stage, 2), now=timezone.now())
    address = f"rounds/{stage.round.pk}/reminders/"
    said = read(officer, address)
    assert "student2@example.org" in said
    assert "Choose at least one wish; you have 0." in said
    assert Delivery.objects.filter(letter="application-reminder").count() == 0
    for _ in range(2):
        officer.post(f"/en/office/{address}")
    assert Delivery.objects.filter(letter="application-reminder").count() == 1


def test_the_list_says_which_drafts_lack_what_and_costs_the_same_for_many(
    stage: Stage, submitted: Application, officer: Client, django_assert_num_queries
) -> None:
    a_draft(stage, a_student(stage, 2), now=timezone.now())
    a_complete_draft(stage, a_student(stage, 3), now=timezone.now())
    said = read(officer, "applications/?sort=number")
    assert re.findall(r"handed in|lacks: [a-z, ]+documents|yes", said) == ["handed in", "lacks: wishes, questions, documents", "yes"]
    assert b"lacks: wishes, questions, documents" in officer.get("/en/office/applications/export.csv").content
    with CaptureQueriesContext(connection) as few:
        read(officer, "applications/")
    for number in range(4, 9):
        a_complete_draft(stage, a_student(stage, number), now=timezone.now())
    with django_assert_num_queries(len(few)):
        read(officer, "applications/")


def test_when_it_was_handed_in_is_told_by_the_clock_of_the_house(submitted: Application, officer: Client) -> None:
    received = timezone.localtime(submitted.submissions.get().received_at)
    assert f"{received:%Y-%m-%d %H:%M}" in read(officer, "applications/")
    assert received.isoformat(" ", "seconds") in officer.get("/en/office/applications/export.csv").content.decode()
