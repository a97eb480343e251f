"""Balance over the years, and until when notice must be given."""

from __future__ import annotations

from datetime import date

import pytest

from goliard.rules.agreements.balance import YearCount, balance
from goliard.rules.agreements.notice import Urgency, ending, months_before
from goliard.rules.values.academic_year import AcademicYear


def year(first: int) -> AcademicYear:
    return AcademicYear(first, first + 1)


COUNTS = (
    YearCount(year(2022), 9, 0),
    YearCount(year(2024), 2, 5),
    YearCount(year(2025), 1, 4),
    YearCount(year(2025), 0, 1),
    YearCount(year(2026), 3, 3),
)


def test_three_years_are_added_up() -> None:
    result = balance(COUNTS, until=year(2026), tolerance=5)
    assert [(row.year.first, row.incoming, row.outgoing) for row in result.years] == [(2024, 2, 5), (2025, 1, 5), (2026, 3, 3)]
    assert (result.incoming, result.outgoing, result.difference, result.is_tolerable) == (6, 13, 7, False)
    reason = result.reason()
    assert reason is not None
    assert reason.because.en == "13 outgoing against 6 the other way; a difference of 5 at most is tolerable."


@pytest.mark.parametrize(("tolerance", "tolerable"), [(None, True), (7, True), (6, False), (0, False)])
def test_tolerance_is_inclusive(tolerance: int | None, *, tolerable: bool) -> None:
    result = balance(COUNTS, until=year(2026), tolerance=tolerance)
    assert result.is_tolerable is tolerable
    assert (result.reason() is None) is tolerable


def test_more_incoming_is_named_as_such() -> None:
    reason = balance(COUNTS, until=year(2022), years=1, tolerance=2).reason()
    assert reason is not None
    assert reason.because.nl.startswith("9 inkomend tegenover 0")


@pytest.mark.parametrize(
    ("today", "urgency", "days"),
    [
        (date(2025, 8, 30), Urgency.LATER, 365),
        (date(2026, 2, 27), Urgency.LATER, 184),
        (date(2026, 2, 28), Urgency.SOON, 183),
        (date(2026, 5, 30), Urgency.SOON, 92),
        (date(2026, 5, 31), Urgency.NOTICE_PASSED, 91),
        (date(2026, 8, 30), Urgency.NOTICE_PASSED, 0),
        (date(2026, 8, 31), Urgency.ENDED, -1),
    ],
)
def test_the_end_comes_nearer(today: date, urgency: Urgency, days: int) -> None:
    seen = ending(ends_on=date(2026, 8, 30), today=today, notice_months=3, within_months=6)
    assert (seen.urgency, seen.days_left, seen.notice_by) == (urgency, days, date(2026, 5, 30))
    assert seen.sentence().nl
    assert seen.sentence().en


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2024, 8, 31), 6, date(2024, 2, 29)),
        (date(2026, 1, 15), 12, date(2025, 1, 15)),
        (date(2026, 1, 31), 2, date(2025, 11, 30)),
    ],
)
def test_months_before(day: date, months: int, earlier: date) -> None:
    assert months_before(day, months) == earlier
