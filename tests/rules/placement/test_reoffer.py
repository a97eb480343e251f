from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.placement.markets import market, markets, placed

from goliard.rules.placement.deferred_acceptance import deferred_acceptance
from goliard.rules.placement.immediate_acceptance import immediate_acceptance
from goliard.rules.placement.market import Destination, GroupPlaces, Market
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, IMMEDIATE_ACCEPTANCE, POLICIES
from goliard.rules.placement.reoffer import Answer, place_again, set_apart, waiting_lists
from goliard.rules.placement.run import place
from goliard.rules.placement.ties import BY_APPLICANT

ROUND = market({"Lisboa": 1, "Praha": 1}, {"ann": "Lisboa 9, Praha 9", "bob": "Lisboa 8, Praha 8", "cas": "Lisboa 7, Praha 7"})


@pytest.mark.parametrize(
    ("answers", "now"),
    [
        ({}, {"ann": "Lisboa", "bob": "Praha"}),
        ({"ann": Answer.LEFT}, {"bob": "Lisboa", "cas": "Praha"}),  # the free place goes up the list, then the next one
        ({"ann": Answer.LEFT, "bob": Answer.ACCEPTED}, {"bob": "Praha", "cas": "Lisboa"}),
        ({"bob": Answer.WAITING}, {"ann": "Lisboa", "cas": "Praha"}),
        ({"bob": Answer.WAITING, "ann": Answer.LEFT}, {"bob": "Lisboa", "cas": "Praha"}),
        ({"cas": Answer.ACCEPTED}, {"ann": "Lisboa", "bob": "Praha"}),  # nothing to accept: still hoping
    ],
)
def test_free_places_go_by_the_same_policy(answers: dict[str, Answer], now: dict[str, str]) -> None:
    first = place(ROUND)
    again = place_again(ROUND, first.assignment, answers, DEFERRED_ACCEPTANCE, first.ties)
    assert placed(again.assignment) == now
    assert again.run.audit.passed


answered = st.lists(st.sampled_from(Answer), min_size=8, max_size=8)


@given(markets(), answered)
def test_nobody_who_stays_loses_under_deferred_acceptance(given_market: Market, given_answers: list[Answer]) -> None:
    answers = {applicant.id: answer for applicant, answer in zip(given_market.applicants, given_answers, strict=False)}
    held = deferred_acceptance(given_market, BY_APPLICANT)
    again = place_again(given_market, held, answers, DEFERRED_ACCEPTANCE, BY_APPLICANT)
    again.run.require_publishable()
    for applicant, wish in held.items():
        now = again.assignment.get(applicant)
        if answers[applicant] is Answer.ACCEPTED:
            assert now == wish
        elif answers[applicant] is Answer.HOPING:
            assert now is not None
            assert now.rank <= wish.rank
        elif answers[applicant] is Answer.WAITING:
            assert now is None or now.rank < wish.rank
        else:
            assert now is None


@given(markets(), answered)
def test_everyone_keeps_the_offer_under_immediate_acceptance(given_market: Market, given_answers: list[Answer]) -> None:
    answers = {applicant.id: answer for applicant, answer in zip(given_market.applicants, given_answers, strict=False)}
    held = immediate_acceptance(given_market, BY_APPLICANT)
    again = place_again(given_market, held, answers, IMMEDIATE_ACCEPTANCE, BY_APPLICANT)
    again.run.require_publishable()
    assert again.kept == {who: wish for who, wish in held.items() if answers[who] in {Answer.HOPING, Answer.ACCEPTED}}
    for destination in given_market.destinations:
        assert sum(wish.destination == destination.id for wish in again.assignment.values()) <= destination.places


def test_a_place_given_by_hand_is_out_of_the_competition() -> None:
    praha = Destination("Praha", 2, reserves=(GroupPlaces("few", 1),), maxima=(GroupPlaces("few", 1),))
    given_market = market({"Praha": praha}, {"x": "Praha 5", "y": "Praha 9", "z": "Praha 8"}, {"x": "few"})
    rest = set_apart(given_market, {"x": given_market.applicants[0].wishes[0]})
    assert rest.destinations == (Destination("Praha", 1, reserves=(GroupPlaces("few", 0),), maxima=(GroupPlaces("few", 0),)),)
    assert placed(place(rest).assignment) == {"y": "Praha"}


def test_waiting_lists_are_in_the_order_of_standing() -> None:
    lists = waiting_lists(place(ROUND))
    assert {name: [claim.applicant.id for claim in claims] for name, claims in lists.items()} == {
        "Lisboa": ["bob", "cas"],
        "Praha": ["cas"],
    }


def test_every_policy_says_whether_it_may_be_run_again() -> None:
    assert {name for name, policy in POLICIES.items() if policy.rerun_harms_nobody} == {"deferred-acceptance", "serial-dictatorship"}
