"""Dates in headers: RFC 1123 in GMT, two digits for the day, nothing else (`Tue, 03 Jun 2025 10:00:00 GMT`)."""

from __future__ import annotations

import datetime as dt
import re

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PATTERN = re.compile(r"([A-Z][a-z]{2}), ([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{4}) ([0-9]{2}):([0-9]{2}):([0-9]{2}) GMT")


def format_http_date(moment: dt.datetime) -> str:
    """Write a moment, whole seconds. Raises `ValueError` for a moment without time zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without time zone cannot stand in a header")
    utc = moment.astimezone(dt.UTC)
    day, month = _DAYS[utc.weekday()], _MONTHS[utc.month - 1]
    return f"{day}, {utc.day:02} {month} {utc.year:04} {utc.hour:02}:{utc.minute:02}:{utc.second:02} GMT"


def parse_http_date(text: str) -> dt.datetime | None:
    """Read a moment, `None` where the text is not exactly one, its day of the week included."""
    found = _PATTERN.fullmatch(text)
    if found is None or found[3] not in _MONTHS:
        return None
    day, hour, minute, second = (int(found[group]) for group in (2, 5, 6, 7))
    try:
        moment = dt.datetime(int(found[4]), _MONTHS.index(found[3]) + 1, day, hour, minute, second, tzinfo=dt.UTC)
    except ValueError:
        return None
    return moment if _DAYS[moment.weekday()] == found[1] else None
