from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.placement.markets import market, markets, placed

from goliard.rules.placement.audit import Check, audit
from goliard.rules.placement.deferred_acceptance import deferred_acceptance
from goliard.rules.placement.immediate_acceptance import immediate_acceptance
from goliard.rules.placement.laboratory import compare
from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, MarketProblem, Wish
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, FAIR, IMMEDIATE_ACCEPTANCE, POLICIES, Policy
from goliard.rules.placement.reoffer import Answer, after_answers, place_again, set_apart, standing, waiting_lists, with_places
from goliard.rules.placement.run import place
from goliard.rules.placement.snapshot import canonical_lines, read_snapshot
from goliard.rules.placement.ties import BY_APPLICANT
from goliard.rules.values.texts import Reason, Text

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


@given(markets(), answered)
def test_places_that_stand_change_no_outcome_while_nothing_is_taken_away(given_market: Market, given_answers: list[Answer]) -> None:
    answers = {applicant.id: answer for applicant, answer in zip(given_market.applicants, given_answers, strict=False)}
    held = deferred_acceptance(given_market, BY_APPLICANT)
    plain = deferred_acceptance(after_answers(given_market, held, answers), BY_APPLICANT)
    again = place_again(given_market, held, answers, DEFERRED_ACCEPTANCE, BY_APPLICANT)
    assert placed(again.assignment) == placed(plain)


@given(markets(), st.data())
def test_with_fewer_places_nobody_else_pays_for_it(given_market: Market, data: st.DataObject) -> None:
    """Somebody loses a place that is gone and competes again: all others keep theirs or get a better wish, and the audit agrees."""
    held = deferred_acceptance(given_market, BY_APPLICANT)
    if not held:
        return
    victim = data.draw(st.sampled_from(sorted(held)))
    gone = held.pop(victim).destination
    places = {each.id: each.places - (each.id == gone) for each in given_market.destinations}
    again = place_again(with_places(given_market, places), held, {}, DEFERRED_ACCEPTANCE, BY_APPLICANT)
    again.run.require_publishable()
    for applicant, wish in held.items():
        assert again.assignment[applicant].rank <= wish.rank
    text = "".join(canonical_lines(again.run.market))
    assert "".join(canonical_lines(read_snapshot(text))) == text
    assert placed(place(read_snapshot(text), ties=BY_APPLICANT).assignment) == placed(again.assignment)


TAKEN = market({"Praha": 1, "Brno": 1}, {"ann": "Praha 8", "bob": "Praha 7, Brno 7", "cas": "Brno 6", "dee": "Brno 5"})


def test_whose_place_was_taken_away_waits_before_lower_scores_and_takes_nobodys_place() -> None:
    held = {"ann": TAKEN.applicants[0].wishes[0], "cas": TAKEN.applicants[2].wishes[0]}  # Praha had a second place: it was bob's
    again = place_again(TAKEN, held, {}, DEFERRED_ACCEPTANCE, BY_APPLICANT)
    assert placed(again.assignment) == {"ann": "Praha", "cas": "Brno"}
    why = {each.applicant: [reason.because for reason in each.reasons] for each in again.run.outcomes}
    assert why["bob"][1:] == [
        Text(
            "Wens 1 (Praha): de laatste plaats ging naar score 8, die van jou is 7.",
            "Wish 1 (Praha): the last place went to score 8, yours is 7.",
        ),
        Text(
            "Wens 2 (Brno): de plaatsen waren al eerder aangeboden en blijven bij wie ze toen kreeg.",
            "Wish 2 (Brno): the places had been offered before and stay with whoever got them then.",
        ),
    ]
    assert why["dee"][1].en == "Wish 1 (Brno): the last place went to score 6, yours is 5."
    later = place_again(TAKEN, held, {"cas": Answer.LEFT}, DEFERRED_ACCEPTANCE, BY_APPLICANT)
    assert placed(later.assignment) == {"ann": "Praha", "bob": "Brno"}


@pytest.mark.parametrize(
    ("places", "held", "said"),
    [
        (
            {"Praha": 1, "Brno": 1},
            {"ann": "Praha", "bob": "Praha"},
            "Praha: places offered or accepted: 2, and there are 1; withdraw one first, with a reason.",
        ),
        (
            {"Praha": 0, "Brno": 1},
            {"ann": "Praha"},
            "Praha: places offered or accepted: 1, and there are 0; withdraw one first, with a reason.",
        ),
    ],
)
def test_more_holders_than_places_are_refused(places: dict[str, int | Destination], held: dict[str, str], said: str) -> None:
    given_market = market(places, {"ann": "Praha 8", "bob": "Praha 7, Brno 7"})
    wishes = {(each.id, wish.destination): wish for each in given_market.applicants for wish in each.wishes}
    with pytest.raises(MarketProblem) as problem:
        standing(given_market, {who: wishes[who, where] for who, where in held.items()})
    assert problem.value.because.en == said


def test_a_place_that_stands_is_one_and_not_barred() -> None:
    why = Reason("advice", Text("rood", "red"))
    for wishes in (
        (Wish(1, "Praha", Decimal(8), held=True), Wish(2, "Brno", Decimal(8), held=True)),
        (Wish(1, "Praha", Decimal(8), (why,), held=True),),
    ):
        with pytest.raises(MarketProblem, match="holds two places, or one that may not be given"):
            Market((Applicant("ann", wishes),), (Destination("Praha", 1), Destination("Brno", 1)))


@pytest.mark.parametrize("policy", [each for each in POLICIES.values() if not each.rerun_harms_nobody])
def test_policies_that_are_not_run_again_know_no_places_that_stand(policy: Policy) -> None:
    stands = standing(ROUND, {"ann": ROUND.applicants[0].wishes[0]})
    for call in (lambda: place(stands, policy, BY_APPLICANT), lambda: compare(stands, [policy], BY_APPLICANT)):
        with pytest.raises(MarketProblem, match="this policy knows no places that were offered before"):
            call()


def test_the_audit_sees_a_place_that_was_lost() -> None:
    stands = standing(ROUND, {"cas": ROUND.applicants[2].wishes[1]})
    lost = {"ann": ROUND.applicants[0].wishes[0], "bob": ROUND.applicants[1].wishes[1]}
    found = audit(stands, lost, BY_APPLICANT, FAIR)
    assert [(each.check, each.destination, each.applicant) for each in found.findings] == [(Check.KEPT, "Praha", "cas")]
    kept = {"ann": lost["ann"], "cas": stands.applicants[2].wishes[1]}
    assert audit(stands, kept, BY_APPLICANT, FAIR).passed, "bob has more right to Praha, and cas had it before"
    assert placed(place(stands, ties=BY_APPLICANT).assignment) == placed(kept)


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
