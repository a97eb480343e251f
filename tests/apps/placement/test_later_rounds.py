"""A later round for what is left: places that nobody holds, who is invited, who may take part; nobody holds two places."""

from __future__ import annotations

import datetime as dt
from datetime import timedelta
from decimal import Decimal

import pytest
from tests.factories.applications import a_student, a_submitted_application
from tests.factories.placements import PUBLISHED, Scored, a_published_run, a_scored_round, offered_again
from tests.factories.rounds import OFFICER, Stage

from goliard.apps.agreements.models import PlaceClaim
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.models import Person
from goliard.apps.placement.models import Offer
from goliard.apps.placement.queries.gathering import gathered
from goliard.apps.placement.queries.later import invited_by_letter, may_not_take_part
from goliard.apps.placement.services.later import LaterDates, open_round_for_what_is_left, send_invitations
from goliard.apps.placement.services.offers import accept_offer, decline_offer
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.apps.rounds.services.rounds import lock_policy, move_round
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.values.texts import Text

pytestmark = pytest.mark.django_db
STUDENT = Actor("user:student", (RoleGrant(Role.STUDENT),))
LATER = PUBLISHED + timedelta(days=1)
DATES = LaterDates(dt.date(2027, 2, 2), dt.date(2027, 2, 20), answer_by=dt.date(2027, 3, 1))
GIVEN = {"key": "later", "titles": Text("Latere ronde", "Later round"), "dates": DATES, "actor": OFFICER, "now": LATER}
# the first accepts alpha, the second declines bravo: one place at alpha and two at bravo are left; the third got nothing
WISHES = ("alpha 8", "bravo 7", "charlie 6")


def left_over() -> Scored:
    scored = a_scored_round(WISHES, destinations=3, places=2)
    DestinationPool.objects.filter(destination__organisation__key="charlie").update(places=0)
    a_published_run(scored)
    accept_offer(offer=Offer.objects.get(application=scored.applications[0]), hopes=False, actor=STUDENT, now=LATER)
    decline_offer(offer=Offer.objects.get(application=scored.applications[1]), hopes=False, actor=STUDENT, now=LATER)
    return scored


def opened(scored: Scored, invites: str = "everybody") -> Stage:
    """A later round with one place of alpha and two of bravo, open on 2 February 2027."""
    alpha, bravo, _charlie = scored.stage.pools
    left = {alpha.pk: 1, bravo.pk: 2}
    made = open_round_for_what_is_left(round=scored.stage.round, left=left, invites=invites, **GIVEN)
    row = lock_policy(round=move_round(row=made, action="open", actor=OFFICER, now=LATER), actor=OFFICER, now=LATER)
    return Stage(scored.stage.university, row, tuple(DestinationPool.objects.filter(destination__round=row).order_by("pk")))


def person(scored: Scored, place: int) -> Person:
    return scored.applications[place - 1].person


def test_what_nobody_holds_goes_along_and_is_held_once() -> None:
    scored = left_over()
    stage = opened(scored)
    assert (stage.round.title_nl, stage.round.follows_id, stage.round.answer_by) == (
        "Latere ronde",
        scored.stage.round.pk,
        dt.date(2027, 3, 1),
    )
    assert [pool.places for pool in DestinationPool.objects.order_by("pk")] == [1, 0, 0, 1, 2]
    held = PlaceClaim.objects.exclude(state="released").values_list("condition__version__agreement__key", "places")
    assert sorted(held) == [("alpha", 1), ("alpha", 1), ("bravo", 2), ("charlie", 2)]
    verbs = JournalEntry.objects.filter(subject_type="rounds.round", subject_id=str(stage.round.pk)).values_list("verb", flat=True)
    assert {"open-later-round", "invite-to-round"} <= set(verbs)
    again = offered_again(scored)
    assert again.placed == 1, "the earlier round goes on with what it kept"


def test_a_place_that_is_offered_or_accepted_is_not_left() -> None:
    scored = left_over()
    alpha = scored.stage.pools[0]
    with pytest.raises(Refused) as refused:
        open_round_for_what_is_left(round=scored.stage.round, left={alpha.pk: 2}, invites="everybody", **GIVEN)
    assert [reason.because.nl for reason in refused.value.reasons] == ["Alpha (nl): er zijn 1 plaatsen vrij."]
    wrong = GIVEN | {"dates": LaterDates(dt.date(2027, 3, 1), dt.date(2027, 2, 1))}
    with pytest.raises(Refused, match="would open after its deadline"):
        open_round_for_what_is_left(round=scored.stage.round, left={alpha.pk: 1}, invites="everybody", **wrong)
    assert Round.objects.count() == 1


@pytest.mark.parametrize(
    ("invites", "refused"),
    [
        ("everybody", ["later-round-placed", "", "", ""]),
        ("unplaced", ["later-round-placed", "", "", "later-round-unplaced"]),
        ("newcomers", ["later-round-placed", "later-round-newcomers", "later-round-newcomers", ""]),
    ],
)
def test_who_may_take_part(invites: str, refused: list[str]) -> None:
    scored = left_over()
    stage = opened(scored, invites)
    people = [*(person(scored, place) for place in (1, 2, 3)), a_student(stage, 9)]
    found = [may_not_take_part(stage.round, each) for each in people]
    assert [reason.rule if reason else "" for reason in found] == refused
    assert may_not_take_part(scored.stage.round, people[0]) is None, "a round that follows no other asks nothing"


def test_who_has_no_place_is_told_once() -> None:
    scored = left_over()
    stage = opened(scored)
    assert [row.pk for row in invited_by_letter(stage.round)] == [scored.number(2), scored.number(3)]
    assert send_invitations(round=stage.round, actor=OFFICER, now=LATER) == 2
    send_invitations(round=stage.round, actor=OFFICER, now=LATER)
    rows = Delivery.objects.filter(letter="later-round").order_by("pk")
    assert [row.address for row in rows] == ["student2@example.org", "student3@example.org"]
    assert rows[0].subject == "Another chance: Later round"
    assert "by 2027-02-20 23:59 (Europe/Amsterdam) at the latest" in rows[0].body
    with pytest.raises(Refused, match="not open"):
        send_invitations(round=stage.round, actor=OFFICER, now=LATER + timedelta(days=60))


def test_newcomers_are_not_told_by_letter() -> None:
    assert invited_by_letter(opened(left_over(), "newcomers").round) == []


def test_nobody_holds_places_of_both_rounds() -> None:
    """The third applies in the later round and then gets a place of the earlier one: the later round gives none."""
    scored = left_over()
    stage = opened(scored)
    third = a_submitted_application(stage, person(scored, 3), "alpha", "bravo", now=LATER)
    scores = {(third.pk, str(pool.destination.public_id)): Decimal(6) for pool in stage.pools}
    market = gathered(stage.round, scores, LATER.date()).market
    assert [wish.barred for wish in market.applicants[0].wishes] == [(), ()]
    Offer.objects.filter(application=scored.applications[0]).update(application=scored.applications[2])
    market = gathered(stage.round, scores, LATER.date()).market
    assert [wish.barred[0].because.en for wish in market.applicants[0].wishes] == [
        "you have a place in “Exchange 2027/2028”; give it back first."
    ] * 2
