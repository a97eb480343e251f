"""A student in the portal: what is open and why not the rest, wishes, answers, documents, review, receipt, withdrawal."""

from __future__ import annotations

import hashlib
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.applications import PDF, a_complete_draft, a_draft, a_student, a_submitted_application
from tests.factories.rounds import Stage
from tests.portals.public.reading import words

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Application, ApplicationSubmission, OpportunityDeclaration, Preference
from goliard.apps.people.models import Enrolment, Person

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def read(student: Client, path: str, language: str = "en") -> str:
    answer = student.get(f"/{language}/student/{path}")
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    return words(answer.content.decode())


def of(application: Application, part: str = "") -> str:
    return f"applications/{application.public_id}/{part}"


def test_sign_in_leads_here_and_tells_what_is_open(student: Client, stage: Stage) -> None:
    assert student.get(reverse("account_arrival"))["Location"] == "/en/student/"
    said = read(student, "")
    assert "Exchange 2027/2028" in said
    assert "3 of 3 destinations are open to you" in said
    assert "90.5 EC" in said
    assert "Begin an application" in read(student, f"rounds/{stage.round.key}/")


def test_why_not_is_said_in_both_languages(student: Client, stage: Stage, person: Person) -> None:
    Enrolment.objects.filter(person=person).update(average_thousandths=6960)
    assert "Not open to you Your average is 6.96; needed: 7.00." in read(student, "")
    said = read(student, f"rounds/{stage.round.key}/", "nl")
    assert "Je gemiddelde is 6,96; nodig: 7,00." in said
    answer = student.post(f"/en/student/rounds/{stage.round.key}/start/", follow=True)
    assert "No destination of this round is open to you." in words(answer.content.decode())
    assert Application.objects.count() == 0


def test_an_account_finds_its_person_by_address_and_one_without_is_told_whom_to_ask(client: Client, stage: Stage) -> None:
    person = a_student(stage, 7)
    user = User.objects.get(person=person)
    User.objects.filter(pk=user.pk).update(person=None)
    client.force_login(User.objects.get(pk=user.pk))
    assert "3 of 3 destinations" in read(client, "")
    assert User.objects.get(pk=user.pk).person == person
    Enrolment.objects.filter(person=person).delete()
    User.objects.filter(pk=user.pk).update(person=None)
    assert "We do not know your student record yet." in read(client, "")


def test_wishes_with_buttons_and_no_script(student: Client, stage: Stage) -> None:
    student.post(f"/en/student/rounds/{stage.round.key}/start/")
    application = Application.objects.get()
    keys = {row.organisation.key: row.pk for row in stage.round.destinations.select_related("organisation")}

    def press(do: str) -> list[str]:
        form = student.get(f"/en/student/{of(application, 'wishes/')}").content.decode()
        data = {"seen": re.search(r'name="seen" value="(\d+)"', form)[1], "wish": re.findall(r'name="wish" value="(\d+)"', form), "do": do}  # type: ignore[index]
        assert student.post(f"/en/student/{of(application, 'wishes/')}", data).status_code == 302
        return list(Preference.objects.order_by("rank").values_list("destination__organisation__key", flat=True))

    assert press(f"add:{keys['bravo']}") == ["bravo"]
    assert press(f"add:{keys['alpha']}") == ["bravo", "alpha"]
    assert press(f"up:{keys['alpha']}") == ["alpha", "bravo"]
    assert press(f"down:{keys['alpha']}") == ["bravo", "alpha"]
    assert press(f"remove:{keys['bravo']}") == ["alpha"]


def test_two_windows_lose_nothing(student: Client, stage: Stage, person: Person) -> None:
    application = a_draft(stage, person, now=timezone.now())
    question = stage.round.questions.get()
    address = f"/en/student/{of(application, 'questions/')}"

    def save(text: str, seen: int, **more: str) -> str:
        return words(student.post(address, {f"answer_{question.pk}": text, "seen": seen, **more}, **HTMX).content.decode())

    assert "Saved at" in save("The first window.", 0)
    said = save("The second window.", 0)
    assert "Your text here is not lost." in said
    assert "Saved in the other window: Why do you want to go? The first window." in said
    assert application.answers.get().text == "The first window."
    assert "Saved at" in save("The second window.", 0, over="1")
    assert application.answers.get().text == "The second window."
    without_script = student.post(address, {f"answer_{question.pk}": "The third window.", "seen": 0})
    assert without_script.status_code == 409
    assert "The third window." in without_script.content.decode()


def test_from_draft_to_receipt_and_back(student: Client, stage: Stage, person: Person) -> None:
    application = a_draft(stage, person, now=timezone.now())
    said = read(student, of(application, "review/"))
    assert "Choose at least one wish; you have 0." in said
    assert "Not added yet: Transcript" in said
    student.post(f"/en/student/{of(application, 'submit/')}")
    assert ApplicationSubmission.objects.count() == 0
    a_complete_draft(stage, person, now=timezone.now())
    for _ in range(2):
        assert student.post(f"/en/student/{of(application, 'submit/')}").status_code == 302
    submission = ApplicationSubmission.objects.get()
    said = read(student, of(application))
    assert submission.content_hash in said
    assert "Until the deadline you can still change it." in said
    kept = student.get(f"/en/student/{of(application, 'receipt-1.json')}").content
    assert hashlib.sha256(kept).hexdigest() == submission.content_hash
    student.post(f"/en/student/{of(application, 'withdraw/')}")
    assert "You withdrew this application." in read(student, of(application))
    student.post(f"/en/student/{of(application, 'resume/')}")
    assert Application.objects.get().state == "draft"


def test_what_was_changed_after_handing_in_says_so(student: Client, stage: Stage, person: Person) -> None:
    application = a_submitted_application(stage, person, now=timezone.now())
    assert "nothing has changed since" in read(student, of(application, "review/"))
    question = stage.round.questions.get()
    student.post(f"/en/student/{of(application, 'questions/')}", {f"answer_{question.pk}": "Other.", "seen": 1})
    assert "submit again, or what you submitted before counts." in read(student, of(application))


def test_documents_are_added_and_only_their_owner_gets_them(student: Client, stage: Stage, person: Person) -> None:
    application = a_draft(stage, person, now=timezone.now())
    requirement = stage.round.documents.get()
    address = f"/en/student/{of(application, 'documents/')}"
    wrong = student.post(address, {"document": requirement.pk, "file": SimpleUploadedFile("cv.pdf", b"MZ program")})
    assert wrong.status_code == 422
    assert "its content counts, not its name" in words(wrong.content.decode())
    good = student.post(address, {"document": requirement.pk, "file": SimpleUploadedFile("lijst ë.pdf", PDF)})
    assert good.status_code == 302
    answer = student.get(f"{address}{requirement.pk}/file/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment;")
    stranger = Client()
    stranger.force_login(User.objects.get(person=a_student(stage, 2)))
    assert stranger.get(f"{address}{requirement.pk}/file/").status_code == 403
    assert stranger.get(f"/en/student/{of(application)}").status_code == 403


def test_fewer_opportunities_are_declared_and_taken_back(student: Client, stage: Stage, person: Person) -> None:
    application = a_draft(stage, person, now=timezone.now())
    address = f"/en/student/{of(application, 'circumstances/')}"
    assert "Wishes: something is missing" in read(student, of(application, "circumstances/"))
    assert student.post(address, {"ground": "care"}).status_code == 422, "no consent, nothing kept"
    assert student.post(address, {"ground": "care", "consent": "on"}).status_code == 302
    assert OpportunityDeclaration.objects.get().ground == "care"
    assert student.post(address, {"take_back": "1"}).status_code == 302
    assert OpportunityDeclaration.objects.count() == 0


def test_the_screens_ask_no_more_of_the_database_for_more_wishes(
    student: Client, stage: Stage, person: Person, django_assert_max_num_queries
) -> None:
    application = a_complete_draft(stage, person, "alpha", "bravo", "charlie", now=timezone.now())
    for part in ("", "wishes/", "questions/", "documents/", "circumstances/", "review/"):
        with django_assert_max_num_queries(45):
            read(student, of(application, part))
