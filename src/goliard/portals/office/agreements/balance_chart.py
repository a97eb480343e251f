"""A balance as bars: geometry only, so that the template draws SVG without a line of script or style."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goliard.rules.agreements.balance import YearCount

HALF = 150  # units of the drawing on either side of the middle
ROW = 26


@dataclass(frozen=True, slots=True)
class Bar:
    """One academic year: incoming to the left of the middle, outgoing to the right."""

    year: str
    incoming: int
    outgoing: int
    top: int
    left: float
    left_width: float
    right_width: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars, and how high the drawing is."""

    bars: tuple[Bar, ...]
    height: int
    middle: int = HALF


def chart(years: Sequence[YearCount]) -> Chart:
    """Return the bars of the years, the longest as long as half the drawing."""
    most = max([1, *(max(row.incoming, row.outgoing) for row in years)])
    bars = tuple(
        Bar(
            str(row.year),
            row.incoming,
            row.outgoing,
            number * ROW + 4,
            round(HALF - HALF * row.incoming / most, 1),
            round(HALF * row.incoming / most, 1),
            round(HALF * row.outgoing / most, 1),
        )
        for number, row in enumerate(years)
    )
    return Chart(bars, ROW * len(bars) + 4)
