from __future__ import annotations

import itertools
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from tests.rules.placement.markets import market, markets, placed

from goliard.rules.placement.audit import ALWAYS, Check, audit
from goliard.rules.placement.choice import claims_of
from goliard.rules.placement.flow import Network
from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, MarketProblem, Wish, group_at
from goliard.rules.placement.min_cost_flow import MOST_APPLICANTS, min_cost_flow, undecided_plans
from goliard.rules.placement.policies import MIN_COST_FLOW
from goliard.rules.placement.run import TieUndecided, place
from goliard.rules.placement.ties import BY_APPLICANT, UNDECIDED


def test_it_moves_a_high_score_to_place_one_more() -> None:
    given_market = market({"A": 1, "B": 1}, {"x": "A 9, B 9", "y": "A 6"})
    assert placed(min_cost_flow(given_market, BY_APPLICANT)) == {"x": "B", "y": "A"}
    (x, _) = place(given_market, MIN_COST_FLOW).outcomes
    assert x.because.en == (
        "You got B, your second wish. Wish 1 (A): in the plan that serves the most wishes this place went to score 6, yours is 9."
    )


def test_of_equal_plans_the_higher_scores_win_then_the_rule_for_ties() -> None:
    assert placed(min_cost_flow(market({"A": 1}, {"x": "A 6.9", "y": "A 7"}), BY_APPLICANT)) == {"y": "A"}
    tied = market({"A": 1}, {"x": "A 7", "y": "A 7"})
    assert placed(min_cost_flow(tied, BY_APPLICANT)) == {"x": "A"}
    with pytest.raises(TieUndecided) as refused:
        place(tied, MIN_COST_FLOW)
    assert refused.value.because.en == "there are plans that are equally good and differ for x, y; name a rule for ties."
    y = place(tied, MIN_COST_FLOW, BY_APPLICANT).outcomes[1]
    assert y.because.nl.endswith("de laatste plaats ging naar een gelijke score, 7; het plan als geheel gaf de doorslag.")


def test_a_reserve_decides_only_between_plans_that_serve_wishes_equally() -> None:
    praha = Destination("Praha", 1, reserves=(GroupPlaces("few", 1),))
    assert placed(min_cost_flow(market({"Praha": praha}, {"x": "Praha 9", "y": "Praha 6"}, {"y": "few"}), BY_APPLICANT)) == {"y": "Praha"}


def objective(given_market: Market, plan: dict[str, Wish]) -> tuple[object, ...]:
    people = {applicant.id: applicant for applicant in given_market.applicants}
    claims = {who: [claim.wish for claim in own] for who, own in claims_of(given_market, UNDECIDED).items()}
    reserved = 0
    for destination in given_market.destinations:
        for entry in destination.reserves:
            members = [
                who
                for who, wish in plan.items()
                if wish.destination == destination.id and group_at(destination, people[who]) == entry.group
            ]
            reserved += min(len(members), entry.places)
    return (
        -len(plan),
        sum(wish.rank for wish in plan.values()),
        sum(claims[who].index(wish) for who, wish in plan.items()),
        -reserved,
        -sum((Fraction(wish.score) for wish in plan.values()), Fraction(0)),
        *(claims[who].index(plan[who]) if who in plan else len(claims[who]) for who in sorted(claims)),
    )


def every_plan(given_market: Market) -> Iterator[dict[str, Wish]]:
    names = [applicant.id for applicant in given_market.applicants]
    for combination in itertools.product(*([None, *applicant.wishes] for applicant in given_market.applicants)):
        plan = {name: wish for name, wish in zip(names, combination, strict=True) if wish is not None}
        if audit(given_market, plan, BY_APPLICANT, frozenset()).passed:
            yield plan


@settings(max_examples=60)
@given(markets(most=5, scores=("7", "7.5", "8")))
def test_no_plan_of_all_is_better(given_market: Market) -> None:
    plans = sorted(every_plan(given_market), key=lambda plan: objective(given_market, plan))
    best = min_cost_flow(given_market, BY_APPLICANT)
    assert best == plans[0]
    as_good = [plan for plan in plans if objective(given_market, plan)[:5] == objective(given_market, best)[:5]]
    assert bool(undecided_plans(given_market, best)) is (len(as_good) > 1)


@given(markets(most=10))
def test_limits_hold_and_no_place_is_wasted(given_market: Market) -> None:
    report = audit(given_market, min_cost_flow(given_market, BY_APPLICANT), BY_APPLICANT, frozenset({Check.NO_WASTE}))
    assert set(report.failures) == ALWAYS | {Check.NO_WASTE}
    assert report.passed


def test_two_hundred_applicants_with_exact_scores() -> None:
    destinations = tuple(Destination(f"d{number:02}", 5) for number in range(30))
    applicants = tuple(
        Applicant(
            f"s{number:03}",
            tuple(Wish(rank, f"d{(number * number + 7 * rank) % 30:02}", Decimal(number * 7919 % 1000) / 100) for rank in range(1, 5)),
        )
        for number in range(200)
    )
    plan = min_cost_flow(Market(applicants, destinations), BY_APPLICANT)
    assert audit(Market(applicants, destinations), plan, BY_APPLICANT, frozenset({Check.NO_WASTE})).passed
    assert len(plan) == 140  # the maximum flow of this network, computed once with OR-Tools 9.15


def test_more_applicants_than_it_can_take_are_refused() -> None:
    many = tuple(Applicant(f"s{number:04}", ()) for number in range(MOST_APPLICANTS + 1))
    with pytest.raises(MarketProblem) as refused:
        min_cost_flow(Market(many, ()), BY_APPLICANT)
    assert refused.value.because.en == "min-cost-flow takes at most 5,000 applicants; there are 5,001."


def test_no_way_through_the_network() -> None:
    with pytest.raises(ValueError, match="no way"):
        Network(2).send(0, 1)
