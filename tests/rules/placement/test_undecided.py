from __future__ import annotations

import pytest
from hypothesis import given
from tests.rules.placement.markets import in_every_order_of_ties, market, markets, placed

from goliard.rules.placement.deferred_acceptance import deferred_acceptance
from goliard.rules.placement.immediate_acceptance import immediate_acceptance
from goliard.rules.placement.market import Market
from goliard.rules.placement.policies import IMMEDIATE_ACCEPTANCE
from goliard.rules.placement.run import TieUndecided, place
from goliard.rules.placement.sentences import plain
from goliard.rules.placement.ties import BY_APPLICANT, UNDECIDED
from goliard.rules.placement.undecided import has_circle, undecided_in_rounds, undecided_ties


def outcomes(given_market: Market, allocate: object) -> set[str]:
    return {str(placed(allocate(strict, BY_APPLICANT))) for strict in in_every_order_of_ties(given_market)}  # type: ignore[operator]


def found(given_market: Market) -> list[tuple[str, str, tuple[str, ...]]]:
    ties = undecided_ties(given_market, deferred_acceptance(given_market, UNDECIDED))
    return [(tie.destination, plain(tie.score), tie.applicants) for tie in ties]


def test_a_tie_at_the_cut_off_decides() -> None:
    given_market = market({"A": 1}, {"x": "A 7", "y": "A 7.0"})
    assert found(given_market) == [("A", "7", ("x", "y"))]
    with pytest.raises(TieUndecided) as refused:
        place(given_market)
    assert refused.value.because.en == "equal scores decide: at A x, y all have score 7; name a rule for ties."
    assert place(given_market, ties=BY_APPLICANT).assignment["x"].destination == "A"


@pytest.mark.parametrize(
    "wishes",
    [
        {"x": "A 7", "y": "A 7", "z": "A 8"},  # both refused
        {"x": "A 7, B 6", "y": "B 7, A 7", "z": "A 8"},
    ],
)
def test_a_tie_elsewhere_does_not(wishes: dict[str, str]) -> None:
    assert found(market({"A": 1, "B": 2}, wishes)) == []


def test_a_tie_on_the_way_decides_although_no_cut_off_shows_it() -> None:
    """Refusing b first sends b to B, c from there to A, and a away; refusing a first leaves b at A."""
    given_market = market({"A": 1, "B": 1, "C": 1}, {"a": "A 7, C 7", "b": "A 7, B 8", "c": "B 7, A 9"})
    assert found(given_market) == [("A", "7", ("a", "b"))]
    assert len(outcomes(given_market, deferred_acceptance)) == 2


@given(markets(limits=False, most=5, scores=("7", "8")))
def test_without_groups_it_is_exact(given_market: Market) -> None:
    assert bool(found(given_market)) is (len(outcomes(given_market, deferred_acceptance)) > 1)


@given(markets(limits=True, most=5, scores=("7", "8")))
def test_with_groups_no_tie_that_decides_is_missed(given_market: Market) -> None:
    if len(outcomes(given_market, deferred_acceptance)) > 1:
        assert found(given_market)


@given(markets(limits=True, most=5, scores=("7", "8")))
def test_immediate_acceptance_is_exact(given_market: Market) -> None:
    ties = undecided_in_rounds(given_market, {})
    assert bool(ties) is (len(outcomes(given_market, immediate_acceptance)) > 1)


def test_immediate_acceptance_refuses_to_decide_too() -> None:
    with pytest.raises(TieUndecided):
        place(market({"A": 1}, {"x": "A 7", "y": "A 7"}), IMMEDIATE_ACCEPTANCE)


@pytest.mark.parametrize(
    ("following", "circle"),
    [
        ({}, False),
        ({"A": {"B"}, "B": {"C"}}, False),
        ({"A": {"B", "C"}, "B": {"C"}}, False),
        ({"A": {"B"}, "B": {"A"}}, True),
        ({"C": {"A"}, "A": {"B"}, "B": {"A", "D"}}, True),
    ],
)
def test_circles_of_destinations(following: dict[str, set[str]], circle: bool) -> None:
    assert has_circle(following) is circle
