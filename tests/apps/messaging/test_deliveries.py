"""A letter leaves exactly once, or a person is told that nobody knows."""

from __future__ import annotations

import smtplib
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.db import transaction
from django.utils.module_loading import autodiscover_modules

from goliard.apps.messaging.letters import LETTERS, UnknownPlaceholder, letter
from goliard.apps.messaging.models import Delivery, LetterTemplate
from goliard.apps.messaging.sealing import unsealed
from goliard.apps.messaging.services.queue import queue_letter
from goliard.apps.messaging.services.sending import by_mail, claim_next, mark_lost, move_delivery, send_due
from goliard.rules.access.actor import system
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.values.texts import Text

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
OFFICE = system("test")


@pytest.fixture(autouse=True)
def greeting():
    letter(
        key="greeting",
        purpose=Text("groet", "greeting"),
        values={"name"},
        subject=Text("Dag {{ name }}", "Hello {{ name }}"),
        body=Text("Beste {{ name }},", "Dear {{ name }},"),
    )
    yield
    del LETTERS["greeting"]


@transaction.atomic
def queue(name: str = "Ada", **changes: str) -> Delivery:
    given = {"address": "partner@example.org", "language": "en"} | changes
    return queue_letter(letter="greeting", values={"name": name}, about=("test", "1"), now=NOW, **given)


def clock() -> datetime:
    return NOW


@pytest.mark.django_db
def test_a_letter_is_sent_in_the_language_of_its_reader_and_once() -> None:
    queue(language="nl")
    assert send_due(worker="w", clock=clock, send=by_mail) == 1
    assert send_due(worker="w", clock=clock, send=by_mail) == 0
    (message,) = mail.outbox
    assert (message.subject, message.body, message.to) == ("Dag Ada", "Beste Ada,", ["partner@example.org"])
    delivery = Delivery.objects.get()
    assert delivery.state == "sent"
    assert message.extra_headers["Message-ID"] == delivery.message_id


@pytest.mark.django_db
def test_the_same_thing_is_queued_once() -> None:
    first = queue()
    assert queue("Other name") == first
    assert queue(once="2026-04-01") != first
    assert Delivery.objects.count() == 2


@pytest.mark.django_db
def test_what_an_officer_wrote_goes_out() -> None:
    LetterTemplate.objects.create(key="greeting", subject_nl="Hoi", subject_en="Hi {{ name }}", body_nl="-", body_en="Welcome")
    queue()
    send_due(worker="w", clock=clock, send=by_mail)
    assert mail.outbox[0].subject == "Hi Ada"


@pytest.mark.django_db
def test_a_name_cannot_add_a_header_nor_a_placeholder() -> None:
    queue("Ada\r\nBcc: all@example.org {{ secret }}")
    send_due(worker="w", clock=clock, send=by_mail)
    assert mail.outbox[0].subject == "Hello Ada  Bcc: all@example.org {{ secret }}"
    assert mail.outbox[0].bcc == []


@pytest.mark.django_db
def test_a_refusal_is_tried_again_later_and_at_last_given_up() -> None:
    queue()

    def refuse(_delivery: Delivery) -> None:
        raise smtplib.SMTPResponseException(451, b"later")

    assert send_due(worker="w", clock=clock, send=refuse) == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.due_at, delivery.attempts) == ("waiting", NOW + timedelta(minutes=1), 1)
    send_due(worker="w", clock=lambda: NOW + timedelta(days=3), send=refuse)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == ("failed", "SMTPResponseException: (451, b'later')")


@pytest.mark.django_db
def test_a_broken_line_leaves_the_fate_unknown_and_nothing_is_repeated_by_itself() -> None:
    queue()

    def break_off(_delivery: Delivery) -> None:
        raise TimeoutError

    send_due(worker="w", clock=clock, send=break_off)
    assert Delivery.objects.get().state == "uncertain"
    assert send_due(worker="w", clock=lambda: NOW + timedelta(days=1), send=by_mail) == 0
    move_delivery(row=Delivery.objects.get(), action="repeat", actor=OFFICE, now=NOW)
    assert send_due(worker="w", clock=clock, send=by_mail) == 1


@pytest.mark.django_db
def test_a_worker_that_died_leaves_an_uncertain_letter() -> None:
    queue()
    claim_next(worker="w", now=NOW)
    assert mark_lost(now=NOW + timedelta(minutes=9)) == 0
    assert mark_lost(now=NOW + timedelta(minutes=10)) == 1
    assert Delivery.objects.get().state == "uncertain"


@pytest.mark.django_db
def test_a_cancelled_letter_stays_at_home() -> None:
    move_delivery(row=queue(), action="cancel", actor=OFFICE, now=NOW)
    assert send_due(worker="w", clock=clock, send=by_mail) == 0
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_letter_never_leaves_for_a_use_case_that_failed() -> None:
    @transaction.atomic
    def use_case() -> None:
        queue()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        use_case()
    assert Delivery.objects.count() == 0


@pytest.mark.django_db
def test_a_sent_letter_cannot_be_called_back() -> None:
    delivery = queue()
    send_due(worker="w", clock=clock, send=by_mail)
    with pytest.raises(TransitionRefused):
        move_delivery(row=delivery, action="cancel", actor=OFFICE, now=NOW)
    assert Delivery.objects.get().state == "sent"


def test_a_letter_cannot_use_what_it_does_not_offer() -> None:
    with pytest.raises(UnknownPlaceholder, match="secret"):
        letter(key="bad", purpose=Text("", ""), values=set(), subject=Text("{{ secret }}", ""), body=Text("", ""))
    assert "bad" not in LETTERS


@pytest.fixture
def invitation():
    letter(
        key="invitation",
        purpose=Text("uitnodiging", "invitation"),
        values={"name", "link"},
        secret=frozenset({"link"}),
        subject=Text("Dag {{ name }}", "Hello {{ name }}"),
        body=Text("Beste {{ name }}: {{ link }}", "Dear {{ name }}: {{ link }}"),
    )
    yield
    del LETTERS["invitation"]


@transaction.atomic
def queue_invitation(language: str = "en") -> Delivery:
    values = {"name": "Ada", "link": LINK}
    return queue_letter(letter="invitation", address="a@example.org", language=language, values=values, about=("test", language), now=NOW)


LINK = "https://example.org/partner/Zm9vYmFy/"


def kept() -> str:
    """Everything that stands in the table."""
    return repr(list(Delivery.objects.values()))


@pytest.mark.django_db
def test_a_secret_link_is_read_by_its_addressee_only(invitation) -> None:
    delivery = queue_invitation("nl")
    assert delivery.body == "Beste Ada: [link: alleen in de brief zelf]"
    assert "Zm9vYmFy" not in kept()
    assert send_due(worker="w", clock=clock, send=by_mail) == 1
    assert mail.outbox[0].body == f"Beste Ada: {LINK}"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.sealed) == ("sent", ""), "once it has left, nobody can read it here with any key"


@pytest.mark.django_db
def test_an_uncertain_letter_keeps_its_secret_until_a_person_decides(invitation) -> None:
    def break_off(_delivery: Delivery) -> None:
        raise TimeoutError

    queue_invitation()
    send_due(worker="w", clock=clock, send=break_off)
    move_delivery(row=Delivery.objects.get(), action="repeat", actor=OFFICE, now=NOW)
    send_due(worker="w", clock=clock, send=by_mail)
    assert mail.outbox[0].body == f"Dear Ada: {LINK}"
    cancelled = queue_invitation("nl")
    move_delivery(row=cancelled, action="cancel", actor=OFFICE, now=NOW)
    assert [row.sealed for row in Delivery.objects.all()] == ["", ""]


@pytest.mark.django_db
def test_a_letter_that_was_sealed_with_another_key_stays_here_and_says_so(invitation, settings) -> None:
    queue_invitation()
    settings.SECRET_KEY = "another"
    assert send_due(worker="w", clock=clock, send=by_mail) == 0
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.last_error) == ("waiting", "SealBroken: the letter was sealed with another secret key")
    assert mail.outbox == []


@pytest.mark.django_db
def test_links_of_letters_that_were_queued_before_are_taken_out(invitation) -> None:
    hide = import_module("goliard.apps.messaging.migrations.0003_sealed").hide
    for state in ("sent", "waiting"):
        row = queue_invitation("nl" if state == "sent" else "en")
        Delivery.objects.filter(pk=row.pk).update(state=state, letter="nominations-sent", body=f"Page:\n{LINK}\n\nRegards", sealed="")
    hide(apps, None)
    assert "Zm9vYmFy" not in kept()
    waiting, sent = Delivery.objects.get(state="waiting"), Delivery.objects.get(state="sent")
    assert (sent.body, sent.sealed) == ("Page:\n[page: alleen in de brief zelf]\n\nRegards", "")
    assert unsealed(waiting.body, waiting.sealed, "en") == f"Page:\n{LINK}\n\nRegards"


def test_every_letter_that_carries_a_secret_says_so() -> None:
    autodiscover_modules("letters")
    links = {key: each for key, each in LETTERS.items() if {"link", "page"} & each.values}
    assert {key: set(each.secret) for key, each in links.items()} == {
        "manager-approval": {"link"},
        "nominations-sent": {"page"},
        "recommendation-asked": {"link"},
    }
