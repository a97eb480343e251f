"""Destinations come from the ledger: a round never promises what agreements and projects do not give."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from tests.factories import exchange
from tests.factories.rounds import AFTER, NOW, OFFICER, a_closed_round, a_condition, a_drawn_round, a_round, an_open_round
from tests.factories.university import a_small_university

from goliard.apps.agreements.models import PlaceClaim
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.institutions.models import CountryAdvice
from goliard.apps.institutions.refusals import Refused
from goliard.apps.projects.models import ProjectFlow
from goliard.apps.rounds.models import DestinationPool, PoolGroup, RoundDestination, RoundGroup, RoundRequirement
from goliard.apps.rounds.queries.asked import refusals_for, requirements_of
from goliard.apps.rounds.queries.pools import pools_of
from goliard.apps.rounds.services.destinations import change_places, draw_condition, draw_flow, withdraw_destination
from goliard.apps.rounds.services.rounds import move_round
from goliard.rules.eligibility.facts import Person
from goliard.rules.placement.market import GroupPlaces
from goliard.rules.values.eqf import EqfLevel

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)


def held() -> list[tuple[int, str]]:
    return [(claim.places, claim.state) for claim in PlaceClaim.objects.order_by("pk")]


def test_two_rounds_cannot_promise_the_same_place() -> None:
    university = a_small_university()
    condition = a_condition(university, places=3)
    first, second = a_round("first"), a_round("second")
    draw_condition(round=first, condition=condition, places=2, actor=OFFICER, now=NOW)
    with pytest.raises(Refused, match="1 of 3 places are left; 2 were asked for"):
        draw_condition(round=second, condition=condition, places=2, actor=OFFICER, now=NOW)
    assert (held(), RoundDestination.objects.filter(round=second).count()) == ([(2, "held")], 0)
    pool = draw_condition(round=second, condition=condition, places=1, term="autumn", actor=OFFICER, now=NOW)
    assert (pool.eqf_levels, pool.subjects, pool.term) == ("67", "0222", "autumn")


def test_one_partner_is_one_destination_with_a_pool_a_semester() -> None:
    university = a_small_university()
    condition = a_condition(university, places=3)
    made = a_round()
    for term, places in (("autumn", 2), ("spring", 1)):
        draw_condition(round=made, condition=condition, places=places, term=term, actor=OFFICER, now=NOW)
    destination = made.destinations.get()
    pools = pools_of(made)
    assert [(pool.destination, pool.places, pool.semesters) for pool in pools] == [
        (str(destination.public_id), 2, frozenset({"autumn"})),
        (str(destination.public_id), 1, frozenset({"spring"})),
    ]


def test_places_change_within_the_ledger_and_go_back_when_a_destination_is_withdrawn() -> None:
    stage = a_drawn_round(1, places=2)
    pool = stage.pools[0]
    with pytest.raises(Refused, match="2 of 2 places are left; 3 were asked for"):
        change_places(pool=pool, places=3, actor=OFFICER, now=NOW)
    assert held() == [(2, "held")]
    change_places(pool=pool, places=1, actor=OFFICER, now=NOW)
    assert held() == [(1, "held")]
    withdraw_destination(destination=pool.destination, reason="The partner closed.", actor=OFFICER, now=NOW)
    assert (held()[-1], pools_of(stage.round)) == ((1, "released"), ())


def test_after_the_lock_fewer_places_need_a_reason_and_after_placement_nothing_moves() -> None:
    stage = an_open_round(1)
    with pytest.raises(Refused, match="Give the reason"):
        change_places(pool=stage.pools[0], places=1, actor=OFFICER, now=NOW)
    change_places(pool=stage.pools[0], places=1, actor=OFFICER, now=NOW, reason="The partner takes one.")
    closed = move_round(row=stage.round, action="close", actor=OFFICER, now=AFTER)
    for action in ("score", "place"):
        closed = move_round(row=closed, action=action, actor=OFFICER, now=AFTER)
    with pytest.raises(Refused, match="placement of this round is done"):
        change_places(pool=stage.pools[0], places=2, actor=OFFICER, now=AFTER, reason="More.")


def test_a_project_gives_what_it_was_granted_once_over_all_years() -> None:
    call = exchange.make_call()
    partner = exchange.make_organisation("Addis University")
    project = exchange.make_project(call=call, partners=[partner])
    flow = ProjectFlow.objects.create(project=project, direction="outgoing", kind="student/studies/second", days=120, planned=5, granted=3)
    first = a_round("icm-1", kind="icm-project", project=project)
    second = a_round("icm-2", kind="icm-project", project=project, academic_year="2028/2029")
    pool = draw_flow(round=first, flow=flow, organisation=partner, places=2, actor=OFFICER, now=NOW)
    assert pool.eqf_levels == "7"
    with pytest.raises(Refused, match="1 of 3 places are left; 2 were asked for"):
        draw_flow(round=second, flow=flow, organisation=partner, places=2, actor=OFFICER, now=NOW)
    stranger = exchange.make_organisation("Elsewhere")
    with pytest.raises(Refused, match="No partner of this project"):
        draw_flow(round=first, flow=flow, organisation=stranger, places=1, actor=OFFICER, now=NOW)


def test_reserves_and_maxima_reach_the_pool() -> None:
    stage = a_drawn_round(1, places=2)
    group = RoundGroup.objects.create(round=stage.round, key="fo", kind="fewer-opportunities", title_nl="Kansen", title_en="Opportunities")
    PoolGroup.objects.create(pool=stage.pools[0], group=group, reserved=1, maximum=2)
    pool = pools_of(stage.round)[0]
    assert (pool.reserves, pool.maxima) == ((GroupPlaces("fo", 1),), (GroupPlaces("fo", 2),))
    with pytest.raises(Refused, match="More places are reserved"):
        change_places(pool=DestinationPool.objects.get(), places=0, actor=OFFICER, now=NOW)


@pytest.mark.parametrize(
    ("credits_", "average", "own", "rules"),
    [
        (60, "7.0", {}, []),
        (59, "6.96", {}, ["eligibility.credits", "eligibility.average"]),
        (60, "6.5", {"minimum_average": "6.5"}, []),  # ISEP asks less
        (60, "7.5", {"languages": "fr B2"}, ["eligibility.language"]),
        (60, "7.5", {"programmes": "law, history"}, ["eligibility.programme"]),
    ],
)
def test_a_destination_may_ask_otherwise(credits_: int, average: str, own: dict[str, str], rules: list[str]) -> None:
    stage = a_drawn_round(1)
    destination = stage.pools[0].destination
    if own:
        RoundRequirement.objects.create(round=stage.round, destination=destination, **own)
    person = Person(is_enrolled=True, cycle=EqfLevel.BACHELOR, credits=Decimal(credits_), average=Decimal(average))
    destination = RoundDestination.objects.get(pk=destination.pk)
    assert [reason.rule for reason in refusals_for(person, destination, DAY)] == rules
    assert requirements_of(destination).minimum_credits == 60


@pytest.mark.parametrize(("colour", "barred"), [("green", False), ("yellow", False), ("orange", True), ("red", True)])
def test_nobody_goes_where_the_advice_is_orange_or_red(colour: str, barred: bool) -> None:
    stage = a_closed_round(1)
    destination = stage.pools[0].destination
    country = destination.organisation.country
    CountryAdvice.objects.create(country=country, colour=colour, valid_from=dt.date(2026, 1, 1))
    CountryAdvice.objects.create(country=country, colour="red", valid_from=dt.date(2027, 1, 1))  # not yet
    person = Person(is_enrolled=True, cycle=EqfLevel.MASTER, bachelor_average=Decimal(8))
    assert [reason.rule for reason in refusals_for(person, destination, DAY)] == (["eligibility.travel-advice"] if barred else [])


def test_after_an_amendment_of_the_agreement_places_still_change_and_go_back() -> None:
    stage = a_drawn_round(1, places=2)
    (pool,) = stage.pools
    agreement = pool.condition.version.agreement
    for action in ("amend", "propose", "agree"):
        move_agreement(row=agreement, action=action, actor=OFFICER, now=NOW)
    pool = change_places(pool=pool, places=1, actor=OFFICER, now=NOW)
    assert held() == [(1, "held")]
    pool = change_places(pool=pool, places=2, actor=OFFICER, now=NOW)
    assert held() == [(1, "released"), (2, "held")]
    assert pool.condition.version.number == 2
    agreement.refresh_from_db()
    move_agreement(row=agreement, action="end", actor=OFFICER, now=NOW)
    change_places(pool=pool, places=1, actor=OFFICER, now=NOW)  # what was promised may shrink, also after the end
    assert held() == [(1, "released"), (1, "held")]
