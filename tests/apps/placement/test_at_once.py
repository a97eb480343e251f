"""What two people do at the same moment has the effect of one after the other: nothing is lost, nothing happens twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from tests.factories.at_once import meanwhile
from tests.factories.placements import ANSWER_BY, PUBLISHED, SCORED, Scored, a_computed_run, a_published_run, a_scored_round, offer_of
from tests.factories.rounds import OFFICER

from goliard.apps.agreements.models import PlaceClaim
from goliard.apps.journal.models import JournalEntry
from goliard.apps.messaging.models import Delivery
from goliard.apps.placement.models import Offer, PlacementRun
from goliard.apps.placement.services.asking import ask_reoffer
from goliard.apps.placement.services.computing import compute_waiting
from goliard.apps.placement.services.ending import end_placement
from goliard.apps.placement.services.offers import accept_offer, decline_offer, expire_offers, withdraw_offer
from goliard.apps.placement.services.publishing import adopt_placement, publish_placement
from goliard.apps.rounds.models import Round
from goliard.rules.access.actor import Actor, Role, RoleGrant

STUDENT = Actor("user:student", (RoleGrant(Role.STUDENT),))
LATER = PUBLISHED + timedelta(days=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _two_writers() -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time; the run on PostgreSQL asks this")


def offers(scored: Scored) -> list[str]:
    """Every offer in the order of the table of applicants: `1 alpha accepted`."""
    numbers = {application.pk: number for number, application in enumerate(scored.applications, 1)}
    rows = Offer.objects.select_related("pool__destination__organisation").order_by("application_id", "pk")
    return [f"{numbers[row.application_id]} {row.pool.destination.organisation.key} {row.state}" for row in rows]


def a_published_round() -> Scored:
    scored = a_scored_round()
    a_published_run(scored)
    return scored


def a_better_place_to_be_sent() -> tuple[Scored, PlacementRun]:
    """The first declined alpha, the second accepted bravo and hopes for alpha; the run that says so waits to be sent."""
    scored = a_published_round()
    accept_offer(offer=offer_of(scored, 2), hopes=True, actor=STUDENT, now=LATER)
    decline_offer(offer=offer_of(scored, 1), hopes=False, actor=STUDENT, now=LATER)
    run = ask_reoffer(round=scored.stage.round, actor=OFFICER, now=LATER)
    compute_waiting(worker="test", clock=lambda: LATER)
    return scored, PlacementRun.objects.get(pk=run.pk)


def send(run: PlacementRun) -> PlacementRun:
    return publish_placement(run=run, answer_by=ANSWER_BY, actor=OFFICER, now=LATER)


def test_two_officers_publish() -> None:
    scored = a_scored_round()
    run = adopt_placement(run=a_computed_run(scored), actor=OFFICER, now=SCORED)
    assert meanwhile(lambda: send(run), lambda: send(run)) == "refused"
    assert offers(scored) == ["1 alpha open", "2 bravo open"]
    assert Delivery.objects.filter(letter__in=("offer-made", "placement-none")).count() == 3
    assert JournalEntry.objects.filter(verb="publish-placement").count() == 1


def test_who_gives_a_place_back_gets_no_better_one() -> None:
    scored, run = a_better_place_to_be_sent()
    mine = offer_of(scored, 2)
    assert meanwhile(lambda: decline_offer(offer=mine, hopes=False, actor=STUDENT, now=LATER), lambda: send(run)) == "refused"
    assert offers(scored) == ["1 alpha declined", "2 bravo declined"]


def test_who_gets_a_better_place_meanwhile_gives_nothing_back() -> None:
    scored, run = a_better_place_to_be_sent()
    mine = offer_of(scored, 2)
    assert meanwhile(lambda: send(run), lambda: decline_offer(offer=mine, hopes=False, actor=STUDENT, now=LATER)) == "refused"
    assert offers(scored) == ["1 alpha declined", "2 bravo replaced", "2 alpha accepted", "3 bravo open"]


def test_an_answer_and_the_end_of_its_time() -> None:
    scored = a_published_round()
    mine = offer_of(scored, 1)
    in_time, over = ANSWER_BY - timedelta(seconds=1), ANSWER_BY + timedelta(seconds=1)
    ended = meanwhile(
        lambda: accept_offer(offer=mine, hopes=False, actor=STUDENT, now=in_time),
        lambda: expire_offers(round=scored.stage.round, actor=OFFICER, now=over),
    )
    assert (ended, offers(scored)) == ("done", ["1 alpha accepted", "2 bravo expired"])
    assert [row.letter for row in Delivery.objects.filter(address="student1@example.org").order_by("pk")][-1] == "offer-accepted"


def test_the_end_of_its_time_and_an_answer() -> None:
    scored = a_published_round()
    mine = offer_of(scored, 1)
    in_time, over = ANSWER_BY - timedelta(seconds=1), ANSWER_BY + timedelta(seconds=1)
    ended = meanwhile(
        lambda: expire_offers(round=scored.stage.round, actor=OFFICER, now=over),
        lambda: accept_offer(offer=mine, hopes=False, actor=STUDENT, now=in_time),
    )
    assert (ended, offers(scored)) == ("refused", ["1 alpha expired", "2 bravo expired"])


def test_an_offer_is_taken_back_while_it_is_accepted() -> None:
    scored = a_published_round()
    mine = offer_of(scored, 1)
    ended = meanwhile(
        lambda: withdraw_offer(offer=mine, reason="The partner closed.", actor=OFFICER, now=LATER),
        lambda: accept_offer(offer=mine, hopes=False, actor=STUDENT, now=LATER),
    )
    assert (ended, offers(scored)) == ("refused", ["1 alpha withdrawn", "2 bravo open"])


@pytest.mark.parametrize("gives_back_first", [True, False])
def test_a_place_given_back_while_the_round_ends_is_not_counted_as_used(gives_back_first: bool) -> None:
    scored = a_published_round()
    for place in (1, 2):
        accept_offer(offer=offer_of(scored, place), hopes=False, actor=STUDENT, now=LATER)
    mine = offer_of(scored, 1)

    def give_back() -> object:
        return decline_offer(offer=mine, hopes=False, actor=STUDENT, now=LATER)

    def end() -> object:
        return end_placement(round=Round.objects.get(), actor=OFFICER, now=LATER)

    ended = meanwhile(give_back, end) if gives_back_first else meanwhile(end, give_back)
    used = sum(claim.places for claim in PlaceClaim.objects.filter(state="used"))
    assert used == Offer.objects.filter(state="accepted").count()
    assert (ended, used) == (("done", 1) if gives_back_first else ("refused", 2))
