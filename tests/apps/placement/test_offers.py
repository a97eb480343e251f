"""Offers: published once, answered in time, offered again by the same policy; nobody loses what was offered, no place is promised twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories.placements import (
    ANSWER_BY,
    PUBLISHED,
    SCORED,
    a_computed_run,
    a_published_run,
    a_scored_round,
    held,
    offer_of,
    offered_again,
)
from tests.factories.rounds import OFFICER

from goliard.apps.agreements.models import PlaceClaim
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.placement.models import Offer, PlacementRun
from goliard.apps.placement.queries.publication import changes_of
from goliard.apps.placement.services.ending import end_placement
from goliard.apps.placement.services.offers import (
    accept_offer,
    decline_offer,
    expire_offers,
    give_by_hand,
    leave_waiting_lists,
    remind_offers,
    withdraw_offer,
)
from goliard.apps.placement.services.publishing import adopt_placement, publish_placement, put_back_placement
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.lifecycles.transition import TransitionRefused

pytestmark = pytest.mark.django_db
STUDENT = Actor("user:student", (RoleGrant(Role.STUDENT),))
LATER = PUBLISHED + timedelta(days=1)


def rules(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [reason.rule for reason in refused.value.reasons]


def letters(kind: str = "") -> list[str]:
    """Letters of a placement, oldest first: the key and to whom."""
    rows = Delivery.objects.exclude(letter="application-received").order_by("pk")
    return [f"{row.letter} {row.address}" for row in rows if row.letter.startswith(kind)]


def test_publishing_makes_offers_and_tells_everybody() -> None:
    scored = a_scored_round()
    run = a_computed_run(scored)
    planned = changes_of(run, ANSWER_BY)
    assert [(change.letter.key, change.outcome.application_id) for change in planned] == [
        ("offer-made", scored.number(1)),
        ("offer-made", scored.number(2)),
        ("placement-none", scored.number(3)),
    ]
    assert (Offer.objects.count(), letters()) == (0, []), "looking writes nothing"
    with pytest.raises(Refused):
        publish_placement(run=run, answer_by=ANSWER_BY, actor=OFFICER, now=PUBLISHED)
    adopted = adopt_placement(run=run, actor=OFFICER, now=SCORED)
    published = publish_placement(run=adopted, answer_by=ANSWER_BY, actor=OFFICER, now=PUBLISHED)
    assert (published.state, Round.objects.get().state) == ("published", "published")
    assert held(scored) == ["alpha open", "bravo open", ""]
    expected = ["offer-made student1@example.org", "offer-made student2@example.org", "placement-none student3@example.org"]
    assert letters() == expected
    body = Delivery.objects.get(address="student2@example.org", letter="offer-made").body
    assert "Wish 1 (Alpha): the last place went to score 8.1, yours is 7.9." in body
    assert "by 2027-02-08 23:59 (Europe/Amsterdam) at the latest" in body
    assert "You are on the waiting list for: Alpha, Bravo." in Delivery.objects.get(letter="placement-none").body
    with pytest.raises(TransitionRefused):
        publish_placement(run=published, answer_by=ANSWER_BY, actor=OFFICER, now=PUBLISHED)
    assert letters() == expected, "a second time changes nothing"
    assert JournalEntry.objects.filter(verb="publish-placement").count() == 1


def test_an_adoption_is_taken_back_with_a_reason() -> None:
    run = adopt_placement(run=a_computed_run(a_scored_round()), actor=OFFICER, now=SCORED)
    with pytest.raises(Refused):
        put_back_placement(run=run, reason=" ", actor=OFFICER, now=SCORED)
    back = put_back_placement(run=run, reason="a mark was wrong", actor=OFFICER, now=SCORED)
    assert (back.state, Round.objects.get().state) == ("ready", "scoring")


def test_answers_and_the_places_that_come_free() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    accept_offer(offer=offer_of(scored, 2), hopes=True, actor=STUDENT, now=LATER)
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    assert held(scored) == ["", "bravo accepted", ""]
    run = offered_again(scored)
    assert held(scored) == ["", "alpha accepted", "bravo open"], "free places move up the lists by themselves"
    assert letters()[3:] == [
        "offer-accepted student2@example.org",
        "offer-declined student1@example.org",
        "offer-better student2@example.org",
        "offer-made student3@example.org",
    ]
    first, second = PlacementRun.objects.order_by("number")
    assert (first.state, second.state, second.kind, second.follows_id, second.pk) == (
        "superseded",
        "published",
        "reoffer",
        first.pk,
        run.pk,
    )
    accept_offer(offer=offer_of(scored, 3), hopes=True, actor=STUDENT, now=LATER)
    decline_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=LATER)
    offered_again(scored)
    assert held(scored) == ["", "", "alpha accepted"], "the second time goes back to the wishes of the first"


def test_who_accepted_for_good_stays() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    accept_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=LATER)
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    offered_again(scored)
    assert held(scored) == ["", "bravo accepted", "alpha open"]


def test_who_gives_back_and_waits_takes_a_better_wish_only() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    decline_offer(offer=offer_of(scored, 2), hopes=True, actor=STUDENT, now=LATER)
    offered_again(scored)
    assert held(scored) == ["alpha open", "", "bravo open"]
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    offered_again(scored, LATER + timedelta(hours=1))
    assert held(scored) == ["", "alpha open", "bravo open"]


def test_an_answer_comes_in_time_or_not_at_all() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    late = ANSWER_BY + timedelta(seconds=1)
    accept_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=ANSWER_BY)
    with pytest.raises(Refused) as refused:
        accept_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=late)
    assert rules(refused) == ["offer-late"]
    assert expire_offers(round=scored.stage.round, actor=OFFICER, now=ANSWER_BY) == 0
    assert expire_offers(round=scored.stage.round, actor=OFFICER, now=late) == 1
    assert expire_offers(round=scored.stage.round, actor=OFFICER, now=late) == 0
    with pytest.raises(TransitionRefused):
        accept_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=late)
    assert letters("offer-expired") == ["offer-expired student2@example.org"]
    offered_again(scored, late)
    assert held(scored) == ["alpha accepted", "", "bravo open"]


def test_who_has_not_answered_is_reminded_once() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    assert remind_offers(round=scored.stage.round, actor=OFFICER, now=LATER) == 2
    remind_offers(round=scored.stage.round, actor=OFFICER, now=LATER)
    assert letters("offer-reminder") == ["offer-reminder student1@example.org", "offer-reminder student2@example.org"]


def test_an_offer_is_withdrawn_with_a_reason_that_its_reader_gets() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    accept_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    with pytest.raises(Refused):
        withdraw_offer(offer=offer_of(scored, 1), reason="", actor=OFFICER, now=LATER)
    with pytest.raises(TransitionRefused):
        withdraw_offer(offer=offer_of(scored, 1), reason="no", actor=STUDENT, now=LATER)
    withdraw_offer(offer=offer_of(scored, 1), reason="The partner closed its campus.", actor=OFFICER, now=LATER)
    assert "The partner closed its campus." in Delivery.objects.get(letter="offer-withdrawn").body
    offered_again(scored)
    assert held(scored) == ["", "alpha open", "bravo open"]


def test_a_place_by_hand_is_free_has_a_reason_and_is_set_apart() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    alpha = scored.stage.pools[0]
    given = {"pool": alpha, "answer_by": ANSWER_BY, "actor": OFFICER, "now": LATER}
    third = scored.applications[2]
    with pytest.raises(Refused) as refused:
        give_by_hand(application=third, reason=" ", **given)
    assert rules(refused) == ["over-promised", "by-hand-why"]
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    with pytest.raises(Refused) as refused:
        give_by_hand(application=scored.applications[1], reason="why", **given)
    assert rules(refused) == ["has-offer"]
    offer = give_by_hand(application=third, reason="Promised by mistake in a letter.", **given)
    assert (offer.origin, offer.reason, offer.run) == ("hand", "Promised by mistake in a letter.", None)
    run = offered_again(scored)
    assert held(scored) == ["", "bravo open", "alpha open"], "the second would have had alpha; it was given by hand"
    assert not run.outcomes.filter(application=third).exists()
    assert letters("offer-by-hand") == ["offer-by-hand student3@example.org"]


def test_who_leaves_the_waiting_lists_is_not_offered_a_place() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    leave_waiting_lists(application=scored.applications[2], actor=STUDENT, now=LATER)
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    offered_again(scored)
    assert held(scored) == ["", "alpha open", ""]
    with pytest.raises(Refused) as refused:
        leave_waiting_lists(application=scored.applications[2], actor=STUDENT, now=LATER)
    assert rules(refused) == ["not-waiting"]


def test_nobody_loses_by_offering_again() -> None:
    scored = a_scored_round()
    a_published_run(scored)
    DestinationPool.objects.filter(pk=scored.stage.pools[1].pk).update(places=0)  # the partner takes a place back
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    accept_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=LATER)
    with pytest.raises(Refused) as refused:
        offered_again(scored)
    assert [reason.because.en for reason in refused.value.reasons] == [
        "Bravo: places offered or accepted: 1, and there are 0; withdraw one first, with a reason."
    ]
    assert held(scored) == ["", "bravo accepted", ""]


def test_offers_never_pass_what_the_ledger_holds() -> None:
    scored = a_scored_round()
    run = adopt_placement(run=a_computed_run(scored), actor=OFFICER, now=SCORED)
    PlaceClaim.objects.filter(pk=scored.stage.pools[0].claim_id).update(state="released")
    with pytest.raises(Refused) as refused:
        publish_placement(run=run, answer_by=ANSWER_BY, actor=OFFICER, now=PUBLISHED)
    assert [reason.because.en for reason in refused.value.reasons] == ["Alpha: 1 offers, and the ledger holds 0 places."]
    assert (Offer.objects.count(), letters()) == (0, [])


def test_at_the_end_accepted_places_are_used_and_the_others_are_free_again() -> None:
    scored = a_scored_round(["alpha 8, bravo 8", "alpha 7"], places=2)
    a_published_run(scored)
    accept_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    with pytest.raises(Refused) as refused:
        end_placement(round=scored.stage.round, actor=OFFICER, now=LATER)
    assert rules(refused) == ["offers-open"]
    decline_offer(offer=offer_of(scored, 2), hopes=False, actor=STUDENT, now=LATER)
    ended = end_placement(round=scored.stage.round, actor=OFFICER, now=LATER)
    assert ended.state == "ended"
    claims = [(row.places, row.state) for row in PlaceClaim.objects.order_by("pk")]
    assert claims == [(1, "used"), (2, "released")]
