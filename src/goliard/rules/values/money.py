"""Money in whole euro cents, and the one place where a fraction of a cent is decided.

Rules compute with exact fractions and call `Money.rounded` once, where the result is a payable amount;
which way to round is data of the rule, because the programme has not settled it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class RoundingMode(StrEnum):
    """Which way a fraction of a unit goes. Half cases of `half-up` go away from zero; `half-even` goes to the even neighbour."""

    DOWN = "down"
    HALF_UP = "half-up"
    HALF_EVEN = "half-even"


def round_fraction(value: Fraction, mode: RoundingMode) -> int:
    """Round an exact value to a whole number. `down` cuts toward zero."""
    if mode is RoundingMode.HALF_EVEN:
        return round(value)
    size = abs(value)
    whole = math.floor(size) if mode is RoundingMode.DOWN else math.floor(size + Fraction(1, 2))
    return whole if value >= 0 else -whole


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in euro cents; the only currency of the programme."""

    cents: int

    @classmethod
    def rounded(cls, euros: Fraction, mode: RoundingMode = RoundingMode.HALF_UP) -> Money:
        """Round an exact amount of euros to a whole cent."""
        return cls(round_fraction(euros * 100, mode))

    def __add__(self, other: Money) -> Money:
        return Money(self.cents + other.cents)

    def __sub__(self, other: Money) -> Money:
        return Money(self.cents - other.cents)

    def __mul__(self, times: int) -> Money:
        return Money(self.cents * times)

    def text(self, language: str) -> str:
        """Write the amount as people read it: `€ 1.234,50` in Dutch, `€1,234.50` in English."""
        sign = "-" if self.cents < 0 else ""
        euros, cents = divmod(abs(self.cents), 100)
        english = f"{euros:,}.{cents:02d}"
        if language.lower().startswith("nl"):
            return f"€ {sign}{english.translate(_DUTCH)}"
        return f"{sign}€{english}"


ZERO = Money(0)
_DUTCH = str.maketrans(",.", ".,")


def total(amounts: Iterable[Money]) -> Money:
    """Add amounts; nothing adds up to zero."""
    return Money(sum(amount.cents for amount in amounts))
