"""Deadlines in local time: the moment itself is in time, one second later is late, whatever the clock of the server."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from goliard.rules.funding.deadlines import Step, lateness, next_step

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def step(day: str, at: str, *reopened: dt.datetime, zone: str = "Europe/Amsterdam") -> Step:
    return Step("interest", dt.date.fromisoformat(day), dt.time.fromisoformat(at), zone, reopened)


@pytest.mark.parametrize(
    ("day", "at", "zone", "arrived", "late"),
    [
        ("2026-11-15", "23:59", "Europe/Amsterdam", "2026-11-15T22:59:00+00:00", False),
        ("2026-11-15", "23:59", "Europe/Amsterdam", "2026-11-15T22:59:01+00:00", True),
        ("2026-07-15", "12:00", "Europe/Amsterdam", "2026-07-15T10:00:00+00:00", False),  # summer time
        ("2026-07-15", "12:00", "Europe/Amsterdam", "2026-07-15T10:00:01+00:00", True),
        ("2026-11-15", "12:00", "America/Bogota", "2026-11-15T16:59:59+00:00", False),
    ],
)
def test_lateness_is_judged_in_the_zone_of_the_deadline(day: str, at: str, zone: str, arrived: str, late: bool) -> None:
    reason = lateness(step(day, at, zone=zone), dt.datetime.fromisoformat(arrived))
    assert (reason is not None) is late


def test_a_reopening_moves_the_deadline_and_the_reason_names_the_last_one() -> None:
    until = dt.datetime(2026, 11, 20, 17, tzinfo=AMSTERDAM)
    opened = step("2026-11-15", "23:59", until)
    assert lateness(opened, until) is None
    late = lateness(opened, until + dt.timedelta(seconds=1))
    assert late is not None
    assert late.because.en == "The deadline has passed: 2026-11-20 17:00 (Europe/Amsterdam). The office may reopen."
    assert late.because.nl == "De termijn is verstreken: 20-11-2026 17:00 (Europe/Amsterdam). Het bureau kan heropenen."


def test_a_call_without_the_step_has_no_deadline_and_the_next_step_is_the_first_ahead() -> None:
    now = dt.datetime(2026, 11, 16, tzinfo=AMSTERDAM)
    assert lateness(None, now) is None
    early, later, last = step("2026-11-15", "23:59"), step("2026-12-01", "12:00"), step("2027-01-01", "12:00")
    assert next_step([last, early, later], now) == later
    assert next_step([early], now) is None
