from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from tests.rules.placement.markets import market, markets, placed

from goliard.rules.placement.market import Market, MarketProblem
from goliard.rules.placement.serial_dictatorship import serial_dictatorship
from goliard.rules.placement.ties import BY_APPLICANT


@given(markets(limits=False, one_score=True))
def test_it_is_the_queue_that_offices_know(given_market: Market) -> None:
    left = Counter({destination.id: destination.places for destination in given_market.destinations})
    queue = sorted((applicant for applicant in given_market.applicants if applicant.wishes), key=lambda a: (-a.wishes[0].score, a.id))
    expected = {}
    for applicant in queue:
        for wish in applicant.wishes:
            if left[wish.destination]:
                left[wish.destination] -= 1
                expected[applicant.id] = wish
                break
    assert serial_dictatorship(given_market, BY_APPLICANT) == expected


def test_the_highest_score_chooses_first() -> None:
    given_market = market({"A": 1, "B": 1}, {"x": "A 7, B 7.0", "y": "A 8, B 8", "z": "B 6"})
    assert placed(serial_dictatorship(given_market, BY_APPLICANT)) == {"x": "B", "y": "A"}


def test_two_scores_of_one_applicant_are_refused() -> None:
    with pytest.raises(MarketProblem) as refused:
        serial_dictatorship(market({"A": 1, "B": 1}, {"x": "A 7, B 7.1"}), BY_APPLICANT)
    assert refused.value.because.en == "x has different scores; serial-dictatorship takes one score an applicant."
    assert refused.value.because.nl == "x heeft verschillende scores; serial-dictatorship vraagt één score per kandidaat."
