"""Contacts whose mail comes back: marked by hand or by a report, until they get another address."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from tests.factories.agreements import an_agreement
from tests.factories.university import University, a_small_university

from goliard.apps.agreements.models import Agreement
from goliard.apps.agreements.queries.desk import narrowed
from goliard.apps.agreements.services.reminders import reminders_for
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.bounce_reports import Report
from goliard.apps.messaging.letters import LETTERS
from goliard.apps.messaging.models import Bounce, Delivery
from goliard.apps.messaging.services.queue import queue_letter
from goliard.apps.people.models import BOUNCING, Contact
from goliard.apps.people.services.bounces import believe_address, keep_report, mark_bounced
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
NOW, TODAY = datetime(2026, 11, 20, 9, 0, tzinfo=UTC), date(2026, 11, 20)
OFFICE = system("office")


@pytest.fixture
def university() -> University:
    return a_small_university()


def contact(university: University, role: str, email: str) -> Contact:
    return Contact.objects.create(organisation=university.partner, mailbox_name=f"Office {role}", role=role, email=email)


def report(address: str, status: str = "5.1.1", letter: str = "", number: int = 1) -> Report:
    return Report(address, status, "550 unknown user", letter, f"<{number}@mail.example>")


def keep(given: Report) -> Bounce | None:
    return keep_report(report=given, actor=system("mail"), now=NOW)


def test_a_reminder_goes_to_the_next_contact_and_the_desk_sees_it(university: University) -> None:
    an_agreement(university, state="in-effect")
    contact(university, "agreements", "Gone@example.org")
    contact(university, "general", "general@example.org")
    rows = Agreement.objects.prefetch_related("parties__organisation__country")

    def state() -> tuple[str, int, int]:
        (letter,) = reminders_for(rows, home="Home", today=TODAY)
        return letter.address, narrowed(rows, "bounced", TODAY).count(), narrowed(rows, "unreachable", TODAY).count()

    assert state() == ("Gone@example.org", 0, 0)
    assert keep(report("gone@example.org")) is not None
    assert state() == ("general@example.org", 1, 0)
    keep(report("general@example.org", number=2))
    assert state() == ("", 1, 1)
    Contact.objects.filter(role="agreements").update(email="new@example.org")
    assert state() == ("new@example.org", 1, 0), "another address is believed again"


def test_a_report_is_kept_once_and_knows_its_letter(university: University) -> None:
    contact(university, "agreements", "office@example.org")
    with transaction.atomic():
        values = dict.fromkeys(LETTERS["agreement-ends"].values, "x")
        delivery = queue_letter(
            letter="agreement-ends", address="office@example.org", language="en", values=values, about=("test", "1"), now=NOW
        )
    given = report("forwarded@elsewhere.example", letter=delivery.message_id)
    bounce = keep(given)
    assert bounce is not None
    assert (bounce.delivery, bounce.source, bounce.address) == (delivery, "mail", "forwarded@elsewhere.example")
    assert Contact.objects.get().is_bouncing, "the address that we wrote to is marked, whatever it was forwarded to"
    assert keep(given) is None
    assert (Bounce.objects.count(), JournalEntry.objects.filter(verb="keep-bounce").count(), Delivery.objects.count()) == (1, 1, 1)


def test_what_may_work_tomorrow_marks_nobody_and_strangers_are_left_alone(university: University) -> None:
    contact(university, "agreements", "office@example.org")
    assert keep(report("office@example.org", status="4.2.2")) is not None
    assert not Contact.objects.filter(BOUNCING).exists()
    assert keep(report("stranger@example.org")) is None
    assert Bounce.objects.count() == 1


def test_by_hand_and_back(university: University) -> None:
    row = contact(university, "agreements", "office@example.org")
    mark_bounced(contact=row, reason="told\nby telephone", actor=OFFICE, now=NOW)
    row.refresh_from_db()
    assert (row.is_bouncing, row.bounced_at, Bounce.objects.get().reason) == (True, NOW, "told by telephone")
    with pytest.raises(Refused, match="noted already"):
        mark_bounced(contact=row, reason="", actor=OFFICE, now=NOW)
    believe_address(contact=row, actor=OFFICE, now=NOW)
    assert not Contact.objects.filter(BOUNCING).exists()
    with pytest.raises(Refused, match="Nothing is noted"):
        believe_address(contact=row, actor=OFFICE, now=NOW)
    assert [entry.verb for entry in JournalEntry.objects.order_by("pk")] == ["mark-bounced", "believe-address"]
    with pytest.raises(Refused, match="no address"):
        mark_bounced(contact=contact(university, "finance", ""), reason="", actor=OFFICE, now=NOW)
