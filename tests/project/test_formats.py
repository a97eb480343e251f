"""Dates as an office in Europe reads them, in both languages."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("language", "day", "moment"),
    [("en", "20 November 2026", "20 November 2026, 13:05"), ("nl", "20 november 2026", "20 november 2026 13:05")],
)
def test_day_before_month_and_a_clock_of_24_hours(language: str, day: str, moment: str) -> None:
    when = datetime(2026, 11, 20, 13, 5)  # noqa: DTZ001 -- only its writing is tested
    with translation.override(language):
        assert formats.date_format(when, "DATE_FORMAT") == day
        assert formats.date_format(when, "DATETIME_FORMAT") == moment
