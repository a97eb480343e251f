from __future__ import annotations

from hypothesis import given
from tests.rules.placement.markets import market, markets, placed

from goliard.rules.placement.audit import ALWAYS, Check, audit
from goliard.rules.placement.immediate_acceptance import immediate_acceptance
from goliard.rules.placement.market import Destination, GroupPlaces, Market
from goliard.rules.placement.ties import BY_APPLICANT


def test_a_lower_score_keeps_what_it_named_first() -> None:
    given_market = market({"A": 1, "B": 1}, {"x": "A 8, B 9", "y": "A 9", "z": "B 6"})
    assert placed(immediate_acceptance(given_market, BY_APPLICANT)) == {"y": "A", "z": "B"}
    report = audit(given_market, immediate_acceptance(given_market, BY_APPLICANT), BY_APPLICANT, frozenset({Check.NO_ENVY}))
    assert [(finding.check, finding.destination, finding.applicant) for finding in report.findings] == [(Check.NO_ENVY, "B", "x")]


def test_reserves_and_maxima_carry_over_to_the_next_round() -> None:
    places = Destination("A", 3, reserves=(GroupPlaces("few", 1),), maxima=(GroupPlaces("law", 1),))
    wishes = {"v": "B 9, A 9", "w": "A 8", "x": "A 7", "y": "B 5, A 5", "z": "A 4"}
    given_market = market({"A": places, "B": 0}, wishes, {"v": "law", "w": "law", "y": "few", "z": "few"})
    assert placed(immediate_acceptance(given_market, BY_APPLICANT)) == {"w": "A", "x": "A", "z": "A"}


@given(markets())
def test_limits_hold_and_no_place_is_wasted(given_market: Market) -> None:
    report = audit(given_market, immediate_acceptance(given_market, BY_APPLICANT), BY_APPLICANT, frozenset({Check.NO_WASTE}))
    assert set(report.failures) == ALWAYS | {Check.NO_WASTE}
    assert report.passed
