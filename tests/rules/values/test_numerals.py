"""How numbers are written in either language."""

from decimal import Decimal

import pytest

from goliard.rules.values.numerals import euros, written

NUMBERS = [
    (13_000_000, "13\u00a0miljoen", "13\u00a0million"),
    (1_500_000, "1,5\u00a0miljoen", "1.5\u00a0million"),
    (1_234_567, "1.234.567", "1,234,567"),
    (450_000, "450.000", "450,000"),
    (2015, "2015", "2015"),
    (0, "0", "0"),
    (Decimal("7.5"), "7,5", "7.5"),
]
AMOUNTS = [(45_000_000, "€\u00a0450.000", "€450,000"), (436_893, "€\u00a04.368,93", "€4,368.93"), (0, "€\u00a00", "€0")]


@pytest.mark.parametrize(("number", "dutch", "english"), NUMBERS)
def test_written(number: int | Decimal, dutch: str, english: str) -> None:
    assert (written(number, "nl"), written(number, "en")) == (dutch, english)


@pytest.mark.parametrize(("cents", "dutch", "english"), AMOUNTS)
def test_euros(cents: int, dutch: str, english: str) -> None:
    assert (euros(cents, "nl"), euros(cents, "en")) == (dutch, english)
