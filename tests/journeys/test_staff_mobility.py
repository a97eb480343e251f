"""A member of staff applies on a telephone, the line manager approves by the link of a letter, an officer sees it; by keyboard alone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.factories.calls import a_writer
from tests.factories.rounds import Stage
from tests.factories.staff_rounds import a_member_of_staff, an_open_staff_round
from tests.journeys.conftest import Visit
from tests.journeys.test_round import TELEPHONE, at_a_desk, no_barrier, press, press_here, reach, sign_in

from goliard.apps.applications.models import Application
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.sealing import unsealed
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.browser
JOURNALLED = ["start-application", "submit-application", "ask-approval", "approve-as-manager"]


@pytest.fixture
def stage(transactional_db: None, settings) -> Stage:
    """An open round, a lecturer whose line manager the staff system names, and an officer."""
    settings.GOLIARD_TOTP_ROLES = []
    today = timezone.localdate()
    made = an_open_staff_round(opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9))
    a_writer("lecturer@example.org")
    a_member_of_staff(made, email="lecturer@example.org", manager_name="Head", manager_email="head@example.org")
    a_writer("officer@example.org", Role.OFFICER)
    return made


def test_from_a_wish_to_an_approval_that_the_officer_sees(visit: Visit, stage: Stage) -> None:
    applies(visit)
    approves(visit)
    reads(visit, stage)
    told = JournalEntry.objects.filter(verb__in=JOURNALLED).order_by("pk").values_list("verb", flat=True)
    assert list(told) == JOURNALLED


def applies(visit: Visit) -> None:
    """What is open, one wish, the plan with a session, a motivation, the line manager, and the receipt."""
    page = sign_in(visit, "lecturer@example.org", TELEPHONE)
    page.wait_for_url("**/staff/")
    no_barrier(visit)
    press(page, "Staff mobility")
    no_barrier(visit)
    press(page, "Begin an application")
    press_here(page, "Add: Alpha")
    expect(page.locator(".wish strong")).to_have_text(["Alpha"])
    press(page, "Save and continue")
    no_barrier(visit)
    reach(page, "What do you go for?")
    page.keyboard.type("teaching")
    first = timezone.localdate() + timedelta(days=300)
    page.locator("[name=starts_on]").fill(first.isoformat())  # how a browser takes a date by keys is the browser's
    page.locator("[name=ends_on]").fill((first + timedelta(days=4)).isoformat())
    reach(page, "Topic of session 1")
    page.keyboard.type("Project management")
    reach(page, "Hours of session 1")
    page.keyboard.type("8,5")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    expect(page.locator("#saved .reasons")).to_have_count(0)
    press(page, "Save and continue")
    reach(page, "Why?")
    page.keyboard.type("To teach there.")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    press(page, "Save and continue")
    press(page, "Go on: Line manager")
    no_barrier(visit)
    expect(page.locator("#email")).to_have_value("head@example.org")
    press(page, "Save and continue")
    press(page, "Go on: Check and submit")
    no_barrier(visit)
    press(page, "Submit")
    no_barrier(visit)
    expect(page.locator("main")).to_contain_text("Your line manager")
    assert Application.objects.get().stay.sessions.get().hours_tenths == 85


def approves(visit: Visit) -> None:
    """The manager has no account: the letter's link is enough, and shows wishes and plan, nothing else."""
    letter = Delivery.objects.get(letter="manager-approval")
    link = re.search(r"https?://\S+?(/\w\w/partner/approvals/\S+/)", unsealed(letter.body, letter.sealed, letter.language))
    assert (letter.address, link is not None) == ("head@example.org", True)
    assert link is not None
    visit.page.context.clear_cookies()
    page = visit.open(link.group(1))
    no_barrier(visit)
    expect(page.locator("main")).to_contain_text("Project management")
    expect(page.locator("main")).not_to_contain_text("To teach there.")
    press(page, "Approve")
    expect(page.locator("main")).to_contain_text("You approved this.")


def reads(visit: Visit, stage: Stage) -> None:
    """The officer finds the approval on the application, and the topic on the page of the round's staff."""
    page = at_a_desk(visit, "officer@example.org")
    visit.open(f"/en/office/applications/{Application.objects.get().pk}/")
    no_barrier(visit)
    expect(page.locator("main")).to_contain_text("approved")
    visit.open(f"/en/office/rounds/{stage.round.pk}/")
    press(page, "Staff of the round")
    no_barrier(visit)
    expect(page.locator("main")).to_contain_text("Project management")
