"""Round numbers for public sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.agreements.figures import rounded_down

SAID = [(0, 0), (1, 1), (10, 10), (11, 10), (47, 40), (100, 90), (101, 100), (600, 500), (601, 600), (608, 600), (1234, 1200)]


@pytest.mark.parametrize(("count", "said"), SAID)
def test_rounded_down(count: int, said: int) -> None:
    assert rounded_down(count) == said


@given(st.integers(11, 10**6))
def test_there_is_always_more_than_is_said(count: int) -> None:
    assert count - 100 <= rounded_down(count) < count


def test_nothing_below_zero() -> None:
    with pytest.raises(ValueError, match="none"):
        rounded_down(-1)
