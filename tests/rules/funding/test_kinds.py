"""What belongs to which kind of project: a table that an officer can read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.funding.kinds import WHOLE, KindFacts, kind_faults, kind_gaps


@pytest.mark.parametrize(
    ("project", "faults", "gaps"),
    [
        (KindFacts("mobility"), [], []),
        (KindFacts("mobility", work_packages=1), ["ka2-only"], []),
        (KindFacts("mobility", outputs=1), ["ka2-only"], []),
        (KindFacts("jean-monnet", shares=(WHOLE,)), ["ka2-only"], ["jean_monnet"]),
        (KindFacts("cooperation"), [], ["work_packages", "outputs"]),
        (KindFacts("cooperation", 1, 1), [], []),
        (KindFacts("cooperation", 1, 1, (5_000, 3_000, 2_000)), [], []),
        (KindFacts("cooperation", 1, 1, (3_333, 3_333, 3_333)), ["shares-of-a-whole"], []),
        (KindFacts("cooperation", 1, 1, (WHOLE,), ("Stranger",)), ["share-of-a-stranger"], []),
        (KindFacts("cooperation", 1, 1, is_jean_monnet_filled=True), ["jean-monnet-only"], []),
        (KindFacts("jean-monnet", is_jean_monnet_filled=True), [], ["jean_monnet"]),
        (KindFacts("jean-monnet", has_holder=True), [], ["jean_monnet"]),
        (KindFacts("jean-monnet", is_jean_monnet_filled=True, has_holder=True), [], []),
    ],
)
def test_faults_and_gaps(project: KindFacts, faults: list[str], gaps: list[str]) -> None:
    assert [reason.rule for reason in kind_faults(project)] == faults
    assert [reason.field for reason in kind_gaps(project)] == gaps


def test_the_sum_is_told_in_both_languages() -> None:
    (reason,) = kind_faults(KindFacts("cooperation", shares=(3_333, 3_333)))
    assert reason.because.en == "The shares of the resources add up to 66.66 %, and must be 100 %."
    assert reason.because.nl == "De aandelen in de middelen zijn samen 66,66 %, en moeten 100 % zijn."


@given(st.lists(st.integers(1, WHOLE), min_size=1, max_size=12))
def test_only_a_whole_is_accepted(shares: list[int]) -> None:
    assert (kind_faults(KindFacts("cooperation", shares=tuple(shares))) == ()) == (sum(shares) == WHOLE)
