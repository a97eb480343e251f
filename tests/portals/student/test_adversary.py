"""An attacker, and a student who has no luck, in the portal: nothing of others, nothing twice, nothing lost, no error page."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.applications import PDF, a_complete_draft, a_draft, a_student, a_submitted_application
from tests.factories.rounds import OFFICER, Stage, an_open_round
from tests.portals.public.reading import words
from tests.portals.student.conftest import of

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Answer, Application, ApplicationSubmission, Preference
from goliard.apps.applications.queries.applications import closed_to
from goliard.apps.applications.services.documents import request_document
from goliard.apps.documents.models import StoredFile
from goliard.apps.people.models import Person
from goliard.apps.rounds.models import Round, RoundDestination
from goliard.apps.scoring.models import Recommendation

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
OWN = ("wishes", "questions", "documents", "circumstances", "review", "submit", "withdraw", "resume", "recommendations", "result")


def ranked() -> list[str]:
    return list(Preference.objects.order_by("rank").values_list("destination__organisation__key", flat=True))


def keys(stage: Stage) -> dict[str, int]:
    return {row.organisation.key: row.pk for row in stage.round.destinations.select_related("organisation")}


@pytest.mark.parametrize("route", OWN)
def test_nothing_of_another_student_opens_or_changes(student: Client, stage: Stage, route: str) -> None:
    other = a_submitted_application(stage, a_student(stage, 2), now=timezone.now())
    address = reverse(f"student:{route}", args=[other.public_id])
    before = Application.objects.filter(pk=other.pk).values().get()
    assert {student.get(address).status_code, student.post(address, {"do": "add:1", "take_back": "1"}).status_code} <= {403, 405}
    assert Application.objects.filter(pk=other.pk).values().get() == before


def test_ids_of_others_under_the_own_application_open_nothing(student: Client, stage: Stage, person: Person) -> None:
    own = a_complete_draft(stage, person, now=timezone.now())
    other = a_submitted_application(stage, a_student(stage, 2), now=timezone.now())
    asked = request_document(
        application=other, what="Passport", until=timezone.now() + timedelta(days=1), actor=OFFICER, now=timezone.now()
    )
    upload = {"file": SimpleUploadedFile("t.pdf", PDF)}
    assert student.post(of(own, f"requests/{asked.pk}/"), upload).status_code == 404
    assert student.get(of(own, "receipt-1.json")).status_code == 404
    assert student.get(of(own, "documents/999/file/")).status_code == 404
    foreign = an_open_round(1, key="another", university=stage.university).round
    for document in (foreign.documents.get().pk, "²", "-1", "9" * 30, "1 OR 1=1", ""):
        answer = student.post(of(own, "documents/"), {"document": document, "file": SimpleUploadedFile("t.pdf", PDF)})
        assert answer.status_code == 422, document
    question = foreign.questions.get()
    student.post(of(own, "questions/"), {"seen": 1, f"answer_{question.pk}": "Into another round."}, **HTMX)
    assert Answer.objects.filter(question=question).count() == 0


def test_a_wish_list_that_no_form_sends_breaks_nothing(student: Client, stage: Stage, person: Person) -> None:
    draft = a_complete_draft(stage, person, "alpha", now=timezone.now())
    known = keys(stage)
    foreign = an_open_round(1, key="another", university=stage.university).round.destinations.get().pk
    for form in (
        {"seen": 1, "wish": [known["alpha"], known["alpha"]]},
        {"seen": 1, "wish": [known["alpha"], foreign]},
        {"seen": 1, "wish": ["²", "٣", "-7", "", "9" * 40, known["alpha"]], "do": "add:²"},
        {"seen": "²", "wish": [known["bravo"]]},
        {"seen": 1, "wish": [known["alpha"]], "do": "up"},
        {"seen": 1, "wish": [known["alpha"]], f"term_{known['alpha']}": "never", "do": "up:0"},
    ):
        answer = student.post(of(draft, "wishes/"), form)
        assert answer.status_code in {302, 409}, form
        assert ranked() == ["alpha"], form
        draft.refresh_from_db()
    answer = student.post(of(draft, "wishes/"), {"seen": draft.wishes_revision, "wish": list(range(1, 500))})
    assert answer.status_code == 409
    assert ranked() == ["alpha"]


def test_pressed_twice_or_from_a_page_of_before_changes_nothing_unseen(student: Client, stage: Stage, person: Person) -> None:
    draft, known = a_draft(stage, person, now=timezone.now()), keys(stage)
    form = {"seen": 0, "do": f"add:{known['alpha']}"}
    for _ in range(2):
        student.post(of(draft, "wishes/"), form)
    assert ranked() == ["alpha"]
    back = student.post(of(draft, "wishes/"), {"seen": 0, "do": f"add:{known['bravo']}"})
    assert "you changed your wishes in another window" in words(back.content.decode())
    assert ranked() == ["alpha"]
    application = a_submitted_application(stage, a_student(stage, 2), now=timezone.now())
    other = Client()
    other.force_login(User.objects.get(person=application.person))
    page = other.get(of(application, "review/"))
    assert "no-store" in page["Cache-Control"], "the back button asks again, and shows how it is now"
    assert "Submit again" in page.content.decode()
    other.post(of(application, "submit/"))
    assert ApplicationSubmission.objects.filter(application=application).count() == 1


def test_what_the_office_changes_meanwhile_binds_nobodys_hands(student: Client, stage: Stage, person: Person) -> None:
    draft, known = a_complete_draft(stage, person, "alpha", "bravo", "charlie", now=timezone.now()), keys(stage)
    RoundDestination.objects.filter(pk__in=[known["alpha"], known["bravo"]]).update(is_withdrawn=True)
    Round.objects.filter(pk=stage.round.pk).update(wishes_max=1)
    said = words(student.get(of(draft, "review/")).content.decode())
    assert "Wish 1, Alpha: this destination is withdrawn." in said
    assert "Choose at most one wish; you have 3." in said
    for seen, gone in ((1, "alpha"), (2, "bravo")):
        form = {"seen": seen, "wish": [known[key] for key in ranked()], "do": f"remove:{known[gone]}"}
        assert student.post(of(draft, "wishes/"), form).status_code == 302
    assert ranked() == ["charlie"]
    student.post(of(draft, "wishes/"), {"seen": 3, "do": f"add:{known['alpha']}"})
    assert ranked() == ["charlie"], "one that is withdrawn cannot be added"
    student.post(of(draft, "submit/"))
    assert ApplicationSubmission.objects.count() == 1


@pytest.mark.parametrize("state", ["closed", "draft"])
def test_a_round_that_is_shut_while_somebody_writes_says_so_and_keeps_the_text(student: Client, stage: Stage, person, state: str) -> None:
    draft = a_complete_draft(stage, person, now=timezone.now())
    Round.objects.filter(pk=stage.round.pk).update(state=state)
    question = stage.round.questions.get()
    answer = student.post(of(draft, "questions/"), {"seen": 1, f"answer_{question.pk}": "Written while it was shut."})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "This round is not open (any more)." in page
    assert "Written while it was shut.</textarea>" in page
    assert student.post(of(draft, "submit/"))["Location"] == of(draft, "review/")
    assert Answer.objects.get().text == "To see the stars."
    begun = student.post(f"/en/student/rounds/{stage.round.key}/start/")
    assert begun.status_code == (302 if state == "closed" else 404)


def test_a_very_long_text_is_refused_whole_and_never_cut(student: Client, stage: Stage, person: Person) -> None:
    draft, question = a_draft(stage, person, now=timezone.now()), stage.round.questions.get()
    text = "stars " * 4000
    answer = student.post(of(draft, "questions/"), {"seen": 0, f"answer_{question.pk}": text})
    assert answer.status_code == 422
    assert text in answer.content.decode()
    assert "This text has 24000 characters, and 20000 fit: it is not saved." in answer.content.decode()
    assert Answer.objects.count() == 0


def test_lines_count_as_their_writer_counts_them(student: Client, stage: Stage, person: Person) -> None:
    draft, question = a_draft(stage, person, now=timezone.now()), stage.round.questions.get()
    text = "x\n" * 999 + "xy"  # exactly the 2000 characters that the question takes
    student.post(of(draft, "questions/"), {"seen": 0, f"answer_{question.pk}": text.replace("\n", "\r\n")})
    assert Answer.objects.get().text == text
    assert "too long" not in words(student.get(of(draft, "review/")).content.decode())


def test_files_of_every_odd_kind(student: Client, stage: Stage, person: Person) -> None:
    draft, document = a_draft(stage, person, now=timezone.now()), stage.round.documents.get()

    def upload(name: str, content: bytes) -> int:
        return student.post(of(draft, "documents/"), {"document": document.pk, "file": SimpleUploadedFile(name, content)}).status_code

    assert [upload("empty.pdf", b""), upload("virus.pdf", b"MZ"), upload("large.pdf", PDF + b"x" * 2_100_000)] == [422, 422, 422]
    assert student.post(of(draft, "documents/"), {"document": document.pk, "file": "no file"}).status_code == 422
    assert StoredFile.objects.count() == 0
    for name in ("x" * 230 + ".pdf", "../../etc/passwd", "<script>alert(1)</script>.pdf", "ħéł日本.pdf", "a\x1b[31m.pdf"):
        assert upload(name, PDF) == 302, name
    assert StoredFile.objects.count() == 1, "another one takes the place"
    assert upload("<img src=x>.pdf", PDF) == 302
    assert "<img src=x>" not in student.get(of(draft, "documents/")).content.decode()


def test_characters_that_no_database_keeps(student: Client, stage: Stage, person: Person) -> None:
    Round.objects.filter(pk=stage.round.pk).update(recommendations=1)
    draft, question = a_draft(stage, person, now=timezone.now()), stage.round.questions.get()
    answer = student.post(of(draft, "questions/"), {"seen": 0, f"answer_{question.pk}": "a\0b"}, **HTMX)
    assert "Not saved" in answer.content.decode()
    student.post(of(draft, "recommendations/"), {"referee": "Lecturer\0 Astronomy\r\nBcc: x@example.org", "email": "lecturer@example.org"})
    assert Recommendation.objects.get().referee == "Lecturer AstronomyBcc: x@example.org"
    assert student.get("/en/student/", {"q": "\0"}).status_code == 200


def test_the_deadline_of_another_zone_and_of_the_night_in_which_clocks_go_back(stage: Stage, person: Person) -> None:
    draft = a_draft(stage, person, now=timezone.now())

    def refused(*moment: int) -> str:
        reason = closed_to(Application.objects.get(pk=draft.pk), dt.datetime(*moment, tzinfo=dt.UTC))
        return reason.because.en if reason else ""

    rounds = Round.objects.filter(pk=stage.round.pk)
    rounds.update(opens_on=dt.date(2026, 10, 1), closes_on=dt.date(2026, 10, 25), closes_at=dt.time(2, 30), zone="Europe/Amsterdam")
    assert refused(2026, 10, 25, 0, 30) == "", "02:30, the first time that clocks show it"
    assert refused(2026, 10, 25, 1, 10) == (
        "Too late: this arrived at 2026-10-25 02:10:00.000 (Europe/Amsterdam, UTC+01:00); "
        "the deadline was 2026-10-25 02:30:00.000 (Europe/Amsterdam, UTC+02:00)."
    )
    rounds.update(closes_on=dt.date(2026, 12, 1), closes_at=dt.time(23, 59), zone="Pacific/Kiritimati")
    assert refused(2026, 12, 1, 9, 59) == ""
    assert refused(2026, 12, 1, 10, 0).startswith("Too late: this arrived at 2026-12-02 00:00:00.000 (Pacific/Kiritimati)")
