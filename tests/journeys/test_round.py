"""A round in a real browser, by keyboard alone: from the officer who opens it to the student who accepts and is nominated."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from tests.factories.applications import PDF, a_student, a_submitted_application
from tests.factories.calls import a_writer
from tests.factories.rounds import OFFICER, Stage, a_drawn_round, an_open_round
from tests.factories.scoring import a_sheet_handed_in
from tests.journeys.barriers import violations
from tests.journeys.conftest import Visit

from goliard.apps.applications.models import ApplicationSubmission
from goliard.apps.institutions.models import Organisation
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.nominations.models import Nomination
from goliard.apps.people.models import Contact, Person
from goliard.apps.placement.models import Offer
from goliard.apps.placement.services.computing import compute_waiting
from goliard.apps.rounds.models import Round
from goliard.apps.scoring.models import CommitteeSheet
from goliard.apps.scoring.services.committee import name_member
from goliard.rules.access.actor import Role

pytestmark = pytest.mark.browser
PASSWORD = "a long enough sentence"
TELEPHONE, DESK = {"width": 360, "height": 780}, {"width": 1280, "height": 800}
MOST_TABS = 120
JOURNALLED = [
    "open-round", "lock-policy", "submit-application", "close-round", "score-round", "deal-sheets", "hand-in-sheet", "ask-placement",
    "compute-placement", "place-round", "adopt-placement", "publish-round", "publish-placement", "accept-offer", "prepare-nominations",
    "nominate",
]  # fmt: skip
FOCUSED = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) return "";
    const label = e.labels && e.labels.length ? e.labels[0].innerText : "";
    return (e.getAttribute("aria-label") || label || e.innerText || e.getAttribute("name") || "").trim();
}"""


@pytest.fixture
def drafted(transactional_db: None, settings) -> Stage:
    """A draft of a round with one place at Alpha and one at Bravo, an officer, a member of the committee, and who reads Bravo's mail."""
    settings.GOLIARD_TOTP_ROLES = []
    today = timezone.localdate()
    made = a_drawn_round(2, places=1, opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=9), answer_by=None)
    a_writer("officer@example.org", Role.OFFICER)
    a_writer("member@example.org")
    name_member(round=made.round, user=a_writer("colleague@example.org"), actor=OFFICER, now=timezone.now())
    bravo = Organisation.objects.get(key="bravo")
    Contact.objects.create(organisation=bravo, mailbox_name="Incoming desk", role="incoming", email="incoming@bravo.example.org")
    return made


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
    found = [f"{visit.path}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations(visit.page)]
    assert found == []


def sign_in(visit: Visit, email: str, window: dict[str, int] | None = None) -> Page:
    """Sign in as somebody else, in a window of that size."""
    visit.page.context.clear_cookies()
    if window:
        visit.page.set_viewport_size(window)  # type: ignore[arg-type]
    page = visit.open("/en/account/sign-in/")
    page.locator("[name=login]").focus()
    page.keyboard.type(email)
    page.keyboard.press("Tab")
    page.locator("[name=password]").focus()
    page.keyboard.type(PASSWORD)
    with page.expect_navigation(url=lambda address: "sign-in" not in address):
        page.keyboard.press("Enter")
    return page


def at_a_desk(visit: Visit, email: str) -> Page:
    return sign_in(visit, email, DESK)


def test_a_round_from_opening_to_nomination_by_keyboard(visit: Visit, drafted: Stage, tmp_path: Path) -> None:
    """One round in one go: the student on a telephone, the officer and the committee at a desk, nobody touches a pointer."""
    person, rival = a_student(drafted, 1), a_student(drafted, 2, average_thousandths=8100)
    opens(visit, drafted)
    applies(visit, tmp_path)
    assert_receipt(visit, person)
    a_submitted_application(a_fresh(drafted), rival, now=timezone.now())
    the_calendar_turns(drafted)
    deals(visit, drafted)
    assesses(visit, "7")
    the_other_sheets({person: "7", rival: "9"})
    places(visit)
    accepts(visit)
    nominates(visit)
    told = JournalEntry.objects.filter(verb__in=JOURNALLED).order_by("pk").values_list("verb", flat=True)
    assert list(dict.fromkeys(told)) == JOURNALLED


def opens(visit: Visit, stage: Stage) -> None:
    """The officer opens the round and locks how places are given out, before anybody applies."""
    page = at_a_desk(visit, "officer@example.org")
    visit.open(f"/en/office/rounds/{stage.round.pk}/")
    no_barrier(visit)
    press(page, "Open")
    press(page, "Lock the policy")
    expect(page.locator("main")).to_contain_text("Locked. The hash:")


def applies(visit: Visit, folder: Path) -> None:
    """The student finds what is open, arranges wishes, writes, adds a document and hands in, on a telephone."""
    page = sign_in(visit, "student1@example.org", TELEPHONE)
    page.wait_for_url("**/student/")
    no_barrier(visit)
    press(page, "Exchange 2027/2028")
    no_barrier(visit)
    press(page, "Begin an application")
    arrange(visit)
    write(visit)
    add_document(visit, folder)
    hand_in(visit)


def assert_receipt(visit: Visit, person: Person) -> None:
    """What the screen says is the SHA-256 of what was stored."""
    submission = ApplicationSubmission.objects.get(application__person=person)
    expect(visit.page.locator("code")).to_have_text(submission.content_hash)
    assert hashlib.sha256(submission.content.encode()).hexdigest() == submission.content_hash


def a_fresh(stage: Stage) -> Stage:
    return replace(stage, round=Round.objects.get(pk=stage.round.pk))


def the_calendar_turns(stage: Stage) -> None:
    """Everything happened five days earlier: the deadline was the day before yesterday. Nobody waits for it."""
    Round.objects.filter(pk=stage.round.pk).update(closes_on=timezone.localdate() - timedelta(days=2))


def deals(visit: Visit, stage: Stage) -> None:
    """The officer closes the round, begins the scoring, names a second member, and deals every application to both."""
    page = at_a_desk(visit, "officer@example.org")
    visit.open(f"/en/office/rounds/{stage.round.pk}/")
    press(page, "Close")
    press(page, "Begin scoring")
    press(page, "Scoring")
    no_barrier(visit)
    reach(page, "E-mail address of the account")
    page.keyboard.type("member@example.org")
    press(page, "Name a member")
    press(page, "Deal")
    expect(page.locator("main")).to_contain_text("4 sheets are dealt.")


def assesses(visit: Visit, points: str) -> None:
    """A member of the committee declares to have no conflict of interest, reads the file, and gives points."""
    page = at_a_desk(visit, "member@example.org")
    visit.open("/en/staff/scoring/")
    no_barrier(visit)
    press(page, "Student Number 1")
    reach(page, "No: open the file")
    page.keyboard.press("Space")
    press(page, "Declare")
    no_barrier(visit)
    expect(page.locator("main")).to_contain_text("To see the stars.")
    reach(page, "Motivation")
    page.keyboard.type(points)
    press(page, "Hand in")
    expect(page.locator("main")).to_contain_text("Your sheet is in. Thank you.")


def the_other_sheets(points: dict[Person, str]) -> None:
    """The colleague does the same, and the member the second application."""
    for sheet in CommitteeSheet.objects.exclude(state="submitted").select_related("application__person"):
        a_sheet_handed_in(sheet, points[sheet.application.person], now=timezone.now())


def places(visit: Visit) -> None:
    """The officer runs, looks at the audit, adopts, sees every letter before it leaves, publishes."""
    page = at_a_desk(visit, "officer@example.org")
    visit.open("/en/office/placement/")
    press(page, "Exchange 2027/2028")
    no_barrier(visit)
    press(page, "Run the placement")
    expect(page.locator("#run")).to_contain_text("Waiting for the worker.")
    assert compute_waiting(worker="journey", clock=timezone.now) == 1
    expect(page.locator("#run")).to_contain_text("Audit passed")
    no_barrier(visit)
    press(page, "Adopt as the result")
    press(page, "Look at every letter, then publish")
    expect(page.locator("main")).to_contain_text("2 offers, 0 moved to a better wish, 0 without a place")
    assert not Delivery.objects.filter(letter="offer-made").exists(), "looking sends nothing"
    no_barrier(visit)
    press(page, "Publish and send the letters")
    expect(page.locator("main")).to_contain_text("Published; the letters are on their way.")
    no_barrier(visit)
    assert Delivery.objects.filter(letter="offer-made").count() == 2


def accepts(visit: Visit) -> None:
    """The student reads why the first wish went to another, and accepts the second one."""
    page = sign_in(visit, "student1@example.org", TELEPHONE)
    page.wait_for_url("**/student/")
    no_barrier(visit)
    press(page, "Look and answer")
    expect(page.locator("h1")).to_have_text("Bravo")
    expect(page.locator("main")).to_contain_text("Wish 1 (Alpha): the last place went to score 70.67, yours is 51.33.")
    no_barrier(visit)
    reach(page, "Keep me on the waiting list")
    page.keyboard.press("Space")
    press(page, "Accept this place")
    expect(page.locator("main")).to_contain_text("Accepted. A confirmation is in your mail.")
    no_barrier(visit)
    offer = Offer.objects.get(application__person__account__email="student1@example.org")
    assert (offer.state, offer.is_hoping) == ("accepted", True)


def nominates(visit: Visit) -> None:
    """The officer prepares the nomination of who accepted, and tells the partner."""
    page = at_a_desk(visit, "officer@example.org")
    visit.open("/en/office/nominations/")
    no_barrier(visit)
    press(page, "Prepare nominations")
    press(page, "Bravo")
    no_barrier(visit)
    press(page, "Nominate and send the link")
    expect(page.locator("main")).to_contain_text("Nominated; the letters are on their way.")
    assert Nomination.objects.get().state == "sent"
    assert Delivery.objects.get(address="incoming@bravo.example.org").letter == "nominations-sent"


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
    expect(page.get_by_role("button", name="Move down: Alpha")).to_be_focused()  # the focus stays with the wish that moved
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
