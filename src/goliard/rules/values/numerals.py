"""Numbers as a Dutch or English page writes them.

Thousands are grouped from 10,000 on, so that a year stays a year; round millions are written with the word.
"""

from __future__ import annotations

from decimal import Decimal

_NO_BREAK = "\u00a0"


def written(number: int | Decimal, language: str) -> str:
    """Return `number` in Dutch (`nl`) or English: 13000000 is "13 miljoen" or "13 million", 450000 is "450.000" or "450,000"."""
    dutch = language.startswith("nl")
    exact = Decimal(number)
    if abs(exact) >= 1_000_000 and exact % 100_000 == 0:
        millions = (exact / 1_000_000).normalize()
        return f"{_grouped(millions, dutch=dutch)}{_NO_BREAK}{'miljoen' if dutch else 'million'}"
    return _grouped(exact, dutch=dutch)


def euros(cents: int, language: str) -> str:
    """Return an amount: 45000000 cents is "€ 450.000" or "€450,000"; cents are printed only where there are any."""
    dutch = language.startswith("nl")
    amount = Decimal(cents) / 100
    digits = f"{amount:,.2f}" if cents % 100 else f"{amount:,.0f}"
    return f"€{_NO_BREAK}{_swapped(digits)}" if dutch else f"€{digits}"


def _grouped(number: Decimal, *, dutch: bool) -> str:
    digits = f"{number:,f}" if abs(number) >= 10_000 else f"{number:f}"
    return _swapped(digits) if dutch else digits


def _swapped(digits: str) -> str:
    return digits.translate(str.maketrans(",.", ".,"))
