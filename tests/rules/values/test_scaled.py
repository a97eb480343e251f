"""Exact decimals as scaled integers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.values.scaled import InvalidNumber, parse_scaled, unscaled


@pytest.mark.parametrize(
    ("text", "places", "value"),
    [("60", 2, 6000), ("61.5", 2, 6150), ("61,50", 2, 6150), ("7,25", 3, 7250), ("7.0000", 3, 7000), (" 8 ", 0, 8)],
)
def test_a_number_is_kept_exactly(text: str, places: int, value: int) -> None:
    assert parse_scaled(text, places) == value


@pytest.mark.parametrize("text", ["", "-1", "1e3", "NaN", "7.1234", "7.", ".5", "1.000,5", "٣", "60 EC"])
def test_what_is_no_number_or_too_fine_is_refused(text: str) -> None:
    with pytest.raises(InvalidNumber):
        parse_scaled(text, 3)


@given(st.integers(0, 10**9), st.integers(0, 6))
def test_reading_gives_back_what_was_written(value: int, places: int) -> None:
    told = unscaled(value, places)
    assert told == Decimal(value).scaleb(-places)
    if value < 10**6:
        assert parse_scaled(format(told, "f"), places) == value
    assert unscaled(None, places) is None
