"""The arrays do what the rules do, for any market with reserves, maxima, bars and ties."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.placement.markets import market as market_of
from tests.rules.placement.markets import markets

from goliard.fast.placement import audit, cut_offs, deferred_acceptance, undecided
from goliard.fast.placement.arrays import arrays_of, assignment_of
from goliard.fast.placement.reasons import reasons
from goliard.rules.placement import audit as reference_audit
from goliard.rules.placement import deferred_acceptance as reference
from goliard.rules.placement import undecided as reference_undecided
from goliard.rules.placement.audit import Check
from goliard.rules.placement.explain import Wording
from goliard.rules.placement.market import Market
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, FAIR
from goliard.rules.placement.run import finish
from goliard.rules.placement.ties import BY_APPLICANT, UNDECIDED, TieRule

ties = st.sampled_from([BY_APPLICANT, TieRule("2027")])
allocators = pytest.mark.parametrize("allocate", [deferred_acceptance.in_rounds, deferred_acceptance.in_one_loop])


@allocators
@given(market=markets(most=10), rule=ties)
def test_the_same_assignment(allocate: object, market: Market, rule: TieRule) -> None:
    given_claims = allocate(arrays_of(market, rule))  # type: ignore[operator]
    assert assignment_of(market, given_claims) == reference.deferred_acceptance(market, rule)


@given(market=markets(most=8), rule=ties, data=st.data())
def test_the_same_audit_and_reasons_for_any_assignment(market: Market, rule: TieRule, data: st.DataObject) -> None:
    arrays = arrays_of(market, rule)
    chosen = [data.draw(st.sampled_from([-1, *range(*bounds)])) for bounds in zip(arrays.start, arrays.start[1:], strict=False)]
    numbers = np.array(chosen, np.int64)
    assignment = assignment_of(market, numbers)
    ours, theirs = audit.audit(arrays, numbers, FAIR), reference_audit.audit(market, assignment, rule, FAIR)
    assert ours.failures == theirs.failures
    assert set(ours.findings) == set(theirs.findings)
    run = finish(market, DEFERRED_ACCEPTANCE, rule, assignment)
    last = cut_offs.lasts(arrays, numbers)
    refused = cut_offs.refusals(arrays, numbers, last)
    for language in ("nl", "en"):
        texts = list(reasons(arrays, numbers, last, refused, Wording(rule), language=language))
        assert texts == [outcome.because.in_language(language) for outcome in run.outcomes]


@given(markets(most=8, scores=("7", "8")))
def test_the_same_undecided_ties(market: Market) -> None:
    arrays = arrays_of(market)
    numbers = deferred_acceptance.in_rounds(arrays)
    refused = cut_offs.refusals(arrays, numbers, cut_offs.lasts(arrays, numbers))
    ours = undecided.undecided_ties(arrays, numbers, refused)
    assert ours == reference_undecided.undecided_ties(market, reference.deferred_acceptance(market, UNDECIDED))


@given(markets(most=8))
def test_scores_as_large_as_64_bits_hold(market: Market) -> None:
    arrays = arrays_of(market, BY_APPLICANT)
    large = replace(arrays, score=(arrays.score - 2) * 2**60)
    assert np.array_equal(deferred_acceptance.in_one_loop(large), deferred_acceptance.in_rounds(arrays))


def test_the_audit_finds_a_claim_of_somebody_else() -> None:
    arrays = arrays_of(market_of({"A": 1}, {"x": "A 7", "y": "A 8"}), BY_APPLICANT)
    report = audit.audit(arrays, np.array([1, -1]), FAIR)
    assert [(finding.check, finding.destination, finding.applicant) for finding in report.findings] == [
        (Check.OWN_WISH, "", "x"),
        (Check.NO_WASTE, "A", "x"),
        (Check.NO_WASTE, "A", "y"),
    ]
