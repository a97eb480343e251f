"""From scores to an accepted place in a real browser, by keyboard alone: the officer runs, adopts and publishes, the student accepts."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from tests.factories.applications import PDF, a_draft, a_student, actor_of, wishes_of
from tests.factories.rounds import OFFICER, Stage, a_drawn_round
from tests.journeys.conftest import Visit
from tests.journeys.test_round import no_barrier, press, reach, sign_in

from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.applications.services.documents import add_document
from goliard.apps.applications.services.submitting import submit_application
from goliard.apps.applications.services.writing import save_answers, save_wishes
from goliard.apps.messaging.models import Delivery
from goliard.apps.nominations.models import Nomination
from goliard.apps.people.models import Person
from goliard.apps.placement.models import Offer
from goliard.apps.placement.services.computing import compute_waiting
from goliard.apps.rounds.models import Criterion, Round
from goliard.apps.rounds.services.rounds import lock_policy, move_round
from goliard.rules.access.actor import Role, system

pytestmark = pytest.mark.browser
PASSWORD = "a long enough sentence"


@pytest.fixture
def round_(transactional_db: None, settings) -> Round:
    """Closed yesterday: two students for the one place at Alpha, the average alone counts, so that nobody waits for a committee."""
    settings.GOLIARD_TOTP_ROLES = []
    now = timezone.now()
    today = timezone.localdate()
    stage = a_drawn_round(2, places=1, opens_on=today - timedelta(days=9), closes_on=today - timedelta(days=1), answer_by=None)
    Criterion.objects.filter(round=stage.round, position=2).delete()
    Criterion.objects.filter(round=stage.round).update(weight=100)
    before = now - timedelta(days=5)
    opened = move_round(row=stage.round, action="open", actor=OFFICER, now=before)
    stage = Stage(stage.university, lock_policy(round=opened, actor=OFFICER, now=before), stage.pools)
    for number, average in ((1, 7250), (2, 8100)):
        person = a_student(stage, number, average_thousandths=average)
        submit(stage, person, before)
    move_round(row=stage.round, action="close", actor=OFFICER, now=now)
    user = invite(email="officer@example.org", display_name="Officer", actor=system("test"), now=now).user
    user.set_password(PASSWORD)
    user.save()
    assign_role(user=user, role=Role.OFFICER, actor=system("test"), now=now)
    return move_round(row=stage.round, action="score", actor=OFFICER, now=now)


def submit(stage: Stage, person: Person, when: datetime) -> None:
    """Alpha first, then Bravo, handed in five days ago."""
    actor = actor_of(person)
    draft = a_draft(stage, person, now=when)
    save_wishes(application=draft, wishes=wishes_of(stage, "alpha", "bravo"), seen=0, actor=actor, now=when)
    save_answers(application=draft, answers={(stage.round.questions.get().pk, None): "Stars."}, seen=0, actor=actor, now=when)
    document = stage.round.documents.get()
    add_document(application=draft, requirement=document, stream=BytesIO(PDF), name="transcript.pdf", actor=actor, now=when)
    draft.refresh_from_db()
    submit_application(application=draft, actor=actor, now=when)


def test_from_scores_to_an_accepted_place_by_keyboard(visit: Visit, round_: Round) -> None:
    officer(visit, round_)
    visit.page.context.clear_cookies()
    student(visit)
    visit.page.context.clear_cookies()
    nominates(visit)


def officer(visit: Visit, round_: Round) -> None:
    """Runs, looks, adopts, sees every letter, publishes."""
    sign_in(visit, "officer@example.org")
    page = visit.page
    visit.open("/en/office/placement/")
    press(page, "Exchange 2027/2028")
    no_barrier(visit)
    press(page, "Run the placement")
    expect(page.locator("#run")).to_contain_text("Waiting for the worker.")
    assert compute_waiting(worker="journey", clock=timezone.now) == 1
    expect(page.locator("#run")).to_contain_text("passed", timeout=30_000)
    no_barrier(visit)
    press(page, "Adopt as the result")
    press(page, "Look at every letter, then publish")
    expect(page.locator("main")).to_contain_text("2 offers, 0 moved to a better wish, 0 without a place")
    no_barrier(visit)
    press(page, "Publish and send the letters")
    expect(page.locator("main")).to_contain_text("Published; the letters are on their way.")
    no_barrier(visit)
    assert Delivery.objects.filter(letter="offer-made").count() == 2


def student(visit: Visit) -> None:
    """Reads why the first wish went to another, and accepts the second one with one key."""
    sign_in(visit, "student1@example.org")
    page = visit.page
    page.wait_for_url("**/student/")
    no_barrier(visit)
    press(page, "Look and answer")
    expect(page.locator("h1")).to_have_text("Bravo")
    expect(page.locator("main")).to_contain_text("Wish 1 (Alpha): the last place went to score")
    no_barrier(visit)
    reach(page, "Keep me on the waiting list")
    page.keyboard.press("Space")
    press(page, "Accept this place")
    expect(page.locator("main")).to_contain_text("Accepted. A confirmation is in your mail.")
    no_barrier(visit)
    offer = Offer.objects.get(application__person__account__email="student1@example.org")
    assert (offer.state, offer.is_hoping) == ("accepted", True)


def nominates(visit: Visit) -> None:
    """The officer prepares the nomination of who accepted."""
    sign_in(visit, "officer@example.org")
    page = visit.page
    visit.open("/en/office/nominations/")
    no_barrier(visit)
    press(page, "Prepare nominations")
    press(page, "Bravo")
    no_barrier(visit)
    assert Nomination.objects.get().state == "prepared"
