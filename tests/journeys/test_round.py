"""A round in a real browser, by keyboard alone: a student finds what is open, arranges wishes, writes, hands in and has a receipt."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.factories.applications import PDF, a_student
from tests.factories.rounds import Stage, an_open_round
from tests.journeys.conftest import Visit

from goliard.apps.applications.models import Application, ApplicationSubmission

pytestmark = pytest.mark.browser
PASSWORD = "a long enough sentence"
MOST_TABS = 120
FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return "";
    const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
    return (e.getAttribute("aria-label") || label || e.innerText || e.getAttribute("name") || "").trim();
}"""


@pytest.fixture
def stage(transactional_db: None) -> Stage:
    today = timezone.localdate()
    return an_open_round(3, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9))


def reach(page: Page, name: str) -> None:
    """Press Tab until the thing of this name has the focus; a keyboard gets there, or the test fails."""
    for _ in range(MOST_TABS):
        if page.evaluate(FOCUSED).startswith(name):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{name!r} is not reached by keyboard on {page.url}")


def press(page: Page, name: str) -> None:
    """Reach it and press Enter, which leads to another page."""
    reach(page, name)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press_here(page: Page, name: str) -> None:
    """Reach it and press Enter; the page stays and changes a part."""
    reach(page, name)
    page.keyboard.press("Enter")


def no_barrier(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{visit.path} is wider than the window"
    found = [f"{visit.path}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in Axe().run(visit.page).response["violations"]]
    assert found == []


def sign_in(visit: Visit, email: str) -> None:
    page = visit.open("/en/account/sign-in/")
    page.locator("[name=login]").focus()
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.locator("[name=password]").focus()
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(url=lambda address: "sign-in" not in address):
        page.keyboard.press("Enter")


@pytest.mark.parametrize("visit", [{"viewport": {"width": 360, "height": 780}}], indirect=True)
def test_a_student_applies_by_keyboard_on_a_telephone(visit: Visit, stage: Stage, tmp_path: Path) -> None:
    person = a_student(stage)
    sign_in(visit, "student1@example.org")
    page = visit.page
    page.wait_for_url("**/student/")
    no_barrier(visit)
    press(page, "Exchange 2027/2028")
    no_barrier(visit)
    press(page, "Begin an application")
    arrange(visit)
    write(visit)
    add_document(visit, tmp_path)
    hand_in(visit)
    submission = ApplicationSubmission.objects.get(application__person=person)
    expect(page.locator("code")).to_have_text(submission.content_hash)
    assert hashlib.sha256(submission.content.encode()).hexdigest() == submission.content_hash
    withdraw(visit)
    assert Application.objects.get().state == "withdrawn"


def arrange(visit: Visit) -> None:
    """Two wishes, then the second goes up; the order is kept without leaving the screen."""
    page = visit.page
    no_barrier(visit)
    press_here(page, "Add: Bravo")
    expect(page.locator(".wish strong")).to_have_text(["Bravo"])
    press_here(page, "Add: Alpha")
    expect(page.locator(".wish strong")).to_have_text(["Bravo", "Alpha"])
    press_here(page, "Move up: Alpha")
    expect(page.locator(".wish strong")).to_have_text(["Alpha", "Bravo"])
    expect(page.locator(".saved")).to_contain_text("Saved at")
    assert page.evaluate(FOCUSED) == "Move down: Alpha", "the focus stays with the wish that moved"
    no_barrier(visit)
    press(page, "Save and continue")


def write(visit: Visit) -> None:
    """What is typed is saved by itself."""
    page = visit.page
    no_barrier(visit)
    reach(page, "Why do you want to go?")
    page.keyboard.type("To see the stars.")
    expect(page.locator("#saved")).to_contain_text("Saved at")
    press(page, "Save and continue")


def add_document(visit: Visit, folder: Path) -> None:
    """The transcript; the dialog of the operating system is not ours."""
    page = visit.page
    no_barrier(visit)
    file = folder / "transcript.pdf"
    file.write_bytes(PDF)
    reach(page, "Choose a file")
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Add")
    expect(page.locator("main")).to_contain_text("transcript.pdf")
    press(page, "Go on: Fewer opportunities")
    no_barrier(visit)
    press(page, "Go on: Check and submit")


def hand_in(visit: Visit) -> None:
    """Everything is there; the receipt follows."""
    page = visit.page
    no_barrier(visit)
    press(page, "Submit")
    no_barrier(visit)
    expect(page.locator("main")).to_contain_text("Until the deadline you can still change it.")


def withdraw(visit: Visit) -> None:
    """Two steps, so that nobody withdraws by accident."""
    page = visit.page
    press_here(page, "Withdraw…")
    press(page, "Withdraw this application")
    expect(page.locator("main")).to_contain_text("You withdrew this application.")


def test_a_wish_is_dragged_with_a_pointer(visit: Visit, stage: Stage) -> None:
    a_student(stage)
    sign_in(visit, "student1@example.org")
    page = visit.page
    press(page, "Exchange 2027/2028")
    press(page, "Begin an application")
    for name in ("Alpha", "Bravo", "Charlie"):
        press_here(page, f"Add: {name}")
        expect(page.locator(".wish strong").last).to_have_text(name)
    grip, first = page.locator(".wish .rank").nth(2).bounding_box(), page.locator(".wish").first.bounding_box()
    assert grip is not None
    assert first is not None
    page.mouse.move(grip["x"] + 4, grip["y"] + 4)
    page.mouse.down()
    page.mouse.move(grip["x"] + 4, first["y"] + 2, steps=8)
    page.mouse.up()
    expect(page.locator(".saved")).to_contain_text("Saved at")
    expect(page.locator(".wish strong")).to_have_text(["Charlie", "Alpha", "Bravo"])
    expect(page.locator(".wish .rank")).to_have_text(["1", "2", "3"])
