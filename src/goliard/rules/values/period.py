"""A period of whole days, and the two ways in which the programme counts its length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """The first and the last day, both included. Raises `ValueError` when the end lies before the start."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("the end lies before the start")

    @property
    def calendar_days(self) -> int:
        """Every day counts: 27 February to 3 March 2023 is 5 days. Staff and short stays (WIKI-DUR)."""
        return (self.end - self.start).days + 1

    @property
    def days_of_360(self) -> int:
        """Every month counts 30 days: 1 January to 15 April is 105 days. Long student stays (WIKI-DUR).

        Day 31 counts as day 30; the end of February is *not* lifted to 30, so February 2023 is 28 days.
        """
        months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
        return months * 30 + min(self.end.day, 30) - min(self.start.day, 30) + 1
