"""What a decision of the National Agency may say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goliard.rules.funding.decision import DecisionFacts, decision_faults

AWARDED = DecisionFacts("awarded", 1_000_000, 1_000_000, ((2, 2), (1, 1)), 80, 60)


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, []),
        ({"outcome": "partly", "flows": ((2, 1), (1, 0)), "awarded_cents": 400_000}, []),
        ({"outcome": "refused", "flows": ((2, 0), (1, 0)), "awarded_cents": 0, "score": 40}, []),
        ({"flows": ((2, 3), (1, 1))}, ["decision-more-flows"]),
        ({"awarded_cents": 1_000_001}, ["decision-more-money"]),
        ({"flows": ((2, 1), (1, 1))}, ["decision-in-part"]),
        ({"outcome": "refused"}, ["decision-refused"]),
        ({"awarded_cents": 0}, ["decision-nothing"]),
        ({"score": 59}, ["decision-threshold"]),
        ({"score": 59, "threshold": None}, []),
    ],
)
def test_nothing_beyond_what_was_asked_and_an_outcome_means_what_it_says(change: dict, rules: list[str]) -> None:
    assert [reason.rule for reason in decision_faults(replace(AWARDED, **change))] == rules
