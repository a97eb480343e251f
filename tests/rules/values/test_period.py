"""Periods: the calendar, and months of thirty days."""

from __future__ import annotations

from datetime import date

import pytest

from goliard.rules.values.period import Period


@pytest.mark.parametrize(
    ("start", "end", "calendar", "of_360"),
    [
        ("2023-01-01", "2023-04-15", 105, 105),
        ("2023-02-01", "2023-02-28", 28, 28),  # not lifted to 30
        ("2024-02-01", "2024-02-29", 29, 29),
        ("2023-01-01", "2023-01-31", 31, 30),
        ("2023-01-31", "2023-01-31", 1, 1),
        ("2023-02-27", "2023-03-03", 5, 7),
        ("2023-09-01", "2024-08-31", 366, 360),
        ("2023-12-15", "2024-01-14", 31, 30),
    ],
)
def test_two_ways_to_count(start: str, end: str, calendar: int, of_360: int) -> None:
    period = Period(date.fromisoformat(start), date.fromisoformat(end))
    assert (period.calendar_days, period.days_of_360) == (calendar, of_360)


def test_a_period_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="end lies before"):
        Period(date(2024, 2, 2), date(2024, 2, 1))
