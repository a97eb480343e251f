"""Reminders: seen before they leave, queued once for the same end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.factories.agreements import an_agreement
from tests.factories.university import a_small_university

from goliard.apps.agreements.models import Agreement
from goliard.apps.agreements.services.reminders import Reminder, reminders_for, send_reminders
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Contact
from goliard.rules.access.actor import system

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
OFFICE = system("test")


@pytest.fixture
def agreement() -> Agreement:
    return an_agreement(a_small_university(), state="in-effect")


def contact(agreement: Agreement, role: str, email: str, **given: object) -> Contact:
    partner = agreement.parties.get(organisation__is_home=False).organisation
    return Contact.objects.create(organisation=partner, mailbox_name=f"Office {role}", role=role, email=email, **given)


def letters(today: date = date(2026, 5, 1)) -> list[Reminder]:
    rows = Agreement.objects.prefetch_related("parties__organisation__country")
    return reminders_for(rows, home="Home", today=today)


def send(today: date = date(2026, 5, 1)) -> int:
    return send_reminders(reminders=letters(today), home="Home", actor=OFFICE, now=NOW)


def test_the_contact_for_agreements_is_asked_first(agreement: Agreement) -> None:
    contact(agreement, "general", "general@example.org")
    contact(agreement, "agreements", "agreements@example.org")
    contact(agreement, "agreements", "former@example.org", valid_until=date(2026, 4, 30))
    contact(agreement, "finance", "money@example.org")
    (letter,) = letters()
    assert letter.address == "agreements@example.org"
    assert (letter.language, letter.subject) == ("nl", "Exchange with Partner eindigt op 2029-08-31")
    assert "Beste Office agreements," in letter.body


def test_the_same_end_is_announced_once_and_a_new_end_again(agreement: Agreement) -> None:
    contact(agreement, "agreements", "agreements@example.org")
    assert send() == 1
    assert send() == 0
    assert letters()[0].was_queued
    Agreement.objects.update(ends_on=date(2030, 8, 31))
    assert send() == 1
    assert [each.subject[-10:] for each in Delivery.objects.order_by("pk")] == ["2029-08-31", "2030-08-31"]
    assert JournalEntry.objects.filter(verb="remind-partner").count() == 2


def test_a_partner_is_reminded_again_in_the_last_six_months(agreement: Agreement) -> None:
    contact(agreement, "agreements", "agreements@example.org")
    days = [date(2028, 9, 1), date(2029, 2, 28), date(2029, 3, 1), date(2029, 8, 1)]
    assert [send(day) for day in days] == [1, 0, 1, 0]


def test_many_letters_cost_as_many_queries_as_one(agreement: Agreement, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    contact(agreement, "agreements", "agreements@example.org")
    home, partner = (party.organisation for party in agreement.parties.order_by("position"))
    for number in range(5):
        an_agreement(SimpleNamespace(home=home, partner=partner), key=f"more-{number}", state="in-effect")  # type: ignore[arg-type]
    rows = list(Agreement.objects.prefetch_related("parties__organisation__country"))
    with django_assert_num_queries(3):
        assert len(reminders_for(rows, home="Home", today=date(2026, 5, 1))) == 6


def test_without_an_address_nothing_is_queued_and_the_desk_sees_it(agreement: Agreement) -> None:
    contact(agreement, "agreements", "")
    (letter,) = letters()
    assert letter.address == ""
    assert send() == 0


def test_only_agreements_in_effect_are_announced(agreement: Agreement) -> None:
    contact(agreement, "agreements", "agreements@example.org")
    Agreement.objects.update(state="ended")
    assert letters() == []
