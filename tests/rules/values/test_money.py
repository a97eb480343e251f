"""Money: whole cents, rounding by rule, amounts as people read them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from goliard.rules.values.money import ZERO, Money, RoundingMode, total


@pytest.mark.parametrize(
    ("euros", "mode", "cents"),
    [
        (Fraction(700, 30), RoundingMode.HALF_UP, 2333),
        (Fraction(250, 30), RoundingMode.HALF_UP, 833),
        (Fraction(1, 200), RoundingMode.HALF_UP, 1),
        (Fraction(1, 200), RoundingMode.HALF_EVEN, 0),
        (Fraction(3, 200), RoundingMode.HALF_EVEN, 2),
        (Fraction(1999, 100000), RoundingMode.DOWN, 1),
        (Fraction(-1, 200), RoundingMode.HALF_UP, -1),
        (Fraction(-1999, 100000), RoundingMode.DOWN, -1),
    ],
)
def test_a_fraction_of_a_cent_goes_where_the_rule_says(euros: Fraction, mode: RoundingMode, cents: int) -> None:
    assert Money.rounded(euros, mode) == Money(cents)


@pytest.mark.parametrize(
    ("cents", "dutch", "english"),
    [
        (123450, "€ 1.234,50", "€1,234.50"),
        (5, "€ 0,05", "€0.05"),
        (0, "€ 0,00", "€0.00"),
        (-1, "€ -0,01", "-€0.01"),
        (-123456789, "€ -1.234.567,89", "-€1,234,567.89"),
    ],
)
def test_amounts_in_both_languages(cents: int, dutch: str, english: str) -> None:
    assert Money(cents).text("nl") == dutch
    assert Money(cents).text("nl-NL") == dutch
    assert Money(cents).text("en") == english


def test_sums() -> None:
    assert total([]) == ZERO
    assert total([Money(1), Money(2)]) == Money(3)
    assert Money(5) + Money(7) == Money(12)
    assert Money(5) - Money(7) == Money(-2)
    assert Money(250) * 3 == Money(750)
    assert Money(1) < Money(2)
