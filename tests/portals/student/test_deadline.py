"""The last evening: what arrived in time counts however long it waits, and a form costs the database few questions."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from tests.factories.applications import PDF, a_complete_draft, a_draft, a_student
from tests.factories.placements import a_published_run, a_scored_round
from tests.factories.rounds import Stage, an_open_round
from tests.portals.public.reading import words
from tests.portals.student.conftest import of

from goliard.apps.accounts.models import User
from goliard.apps.applications.models import Answer, Application, ApplicationDocument, ApplicationSubmission, Preference
from goliard.apps.applications.services.submitting import withdraw_application
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Person
from goliard.apps.placement.models import Offer
from goliard.apps.rounds.models import Round
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


def close_just_now(stage: Stage) -> datetime:
    """The deadline passed a few seconds ago; returns the deadline."""
    passed = timezone.now().astimezone(ZoneInfo(stage.round.zone)).replace(microsecond=0) - timedelta(seconds=3)
    Round.objects.filter(pk=stage.round.pk).update(closes_on=passed.date(), closes_at=passed.time())
    return passed


def written_down(moment: datetime) -> dict[str, str]:
    """The header in which the proxy says when a request came."""
    return {"HTTP_X_REQUEST_START": f"t={moment.timestamp():.3f}"}


def test_what_arrived_in_time_counts_although_its_turn_came_after_the_deadline(
    student: Client, stage: Stage, person: Person, settings
) -> None:
    settings.GOLIARD_ARRIVAL_HEADER = "X-Request-Start"
    deadline = close_just_now(stage)
    in_time = written_down(deadline)
    begun = student.post(f"/en/student/rounds/{stage.round.key}/start/", **in_time)
    application = Application.objects.get()
    assert begun["Location"] == of(application, "wishes/")
    alpha = stage.round.destinations.order_by("pk").first()
    assert alpha is not None
    student.post(of(application, "wishes/"), {"seen": 0, "do": f"add:{alpha.pk}"}, **HTMX, **in_time)
    question, document = stage.round.questions.get(), stage.round.documents.get()
    said = student.post(of(application, "questions/"), {"seen": 0, f"answer_{question.pk}": "In time."}, **HTMX, **in_time)
    assert '<div id="lacking" hx-swap-oob="true"></div>' in said.content.decode(), "what was lacking before is not said of what is saved"
    assert "Saved at" in words(said.content.decode())
    student.post(of(application, "documents/"), {"document": document.pk, "file": SimpleUploadedFile("t.pdf", PDF)}, **in_time)
    student.post(of(application, "submit/"), **in_time)
    assert ApplicationSubmission.objects.get().received_at == deadline
    withdraw_application(application=application, reason="", actor=system("test"), now=timezone.now())
    student.post(of(application, "resume/"), **in_time)
    assert Application.objects.get().state == "draft"


def test_what_arrived_late_is_refused_and_the_text_stays_on_the_screen(student: Client, stage: Stage, person: Person) -> None:
    application = a_draft(stage, person, now=timezone.now())
    question = stage.round.questions.get()
    close_just_now(stage)
    form = {"seen": 0, f"answer_{question.pk}": "My whole life I wanted to see the southern sky."}
    said = student.post(of(application, "questions/"), form, **HTMX)
    assert said.status_code == 200, "a part of the page: the form with the text stays where it is"
    assert "Too late: this arrived at" in said.content.decode()
    without_script = student.post(of(application, "questions/"), form)
    assert without_script.status_code == 422
    page = without_script.content.decode()
    assert "Too late: this arrived at" in page
    assert "My whole life I wanted to see the southern sky.</textarea>" in page
    fieldset = page.partition("<fieldset")[2].partition(">")[0]
    assert 'class="plain"' in fieldset
    assert "disabled" not in fieldset, "what is disabled cannot be copied everywhere"
    assert Answer.objects.count() == 0
    assert student.post(f"/en/student/rounds/{stage.round.key}/start/")["Location"] == of(application, "wishes/"), "begun before"


def test_an_answer_to_an_offer_counts_from_its_arrival(client: Client, settings) -> None:
    settings.GOLIARD_ARRIVAL_HEADER = "X-Request-Start"
    now = timezone.now()
    scored = a_scored_round()
    a_published_run(scored, now + timedelta(days=7), now)
    Offer.objects.update(answer_by=now - timedelta(seconds=3))
    offer = Offer.objects.select_related("application__person").order_by("pk")[0]
    client.force_login(User.objects.get(person=offer.application.person))
    address = of(offer.application, "result/accept/")
    client.post(address, {"offer": str(offer.public_id)})
    assert Offer.objects.get(pk=offer.pk).state == "open"
    client.post(address, {"offer": str(offer.public_id)}, **written_down(now - timedelta(seconds=4)))
    assert Offer.objects.get(pk=offer.pk).state == "accepted"


@pytest.mark.parametrize("destinations", [2, 6])
def test_a_form_costs_the_database_the_same_few_questions(destinations: int, client: Client, django_assert_num_queries) -> None:
    today = timezone.localdate()
    stage = an_open_round(destinations, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9), wishes_max=6)
    person = a_student(stage)
    client.force_login(User.objects.get(person=person))
    names = ["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"][:destinations]
    application = a_complete_draft(stage, person, *names, now=timezone.now())
    question = stage.round.questions.get()
    keys = list(Preference.objects.order_by("rank").values_list("destination_id", flat=True))
    with django_assert_num_queries(9 + 2):  # two begin and end the transaction
        said = client.post(of(application, "questions/"), {"seen": 1, f"answer_{question.pk}": "Another."}, **HTMX)
    assert "Saved at" in said.content.decode()
    with django_assert_num_queries(18 + 2):
        client.post(of(application, "wishes/"), {"seen": 1, "wish": keys, "do": f"down:{keys[0]}"}, **HTMX)
    assert list(Preference.objects.order_by("rank").values_list("destination_id", flat=True)[:2]) == [keys[1], keys[0]]
    with django_assert_num_queries(31 + 6):
        client.post(of(application, "submit/"))
    assert (ApplicationSubmission.objects.count(), Delivery.objects.count(), ApplicationDocument.objects.count()) == (1, 1, 1)
