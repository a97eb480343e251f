"""Late is late: refused with the exact moments on both sides."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from goliard.rules.values.texts import Reason, Text


def too_late(*, arrived: datetime, last_moment: datetime, zone: str) -> Reason | None:
    """Return why what arrived then is refused, or None where it is in time; the deadline's own moment is in time."""
    if arrived <= last_moment:
        return None
    came, ended = told_moment(arrived, zone), told_moment(last_moment, zone)
    return Reason(
        "application.late",
        Text(
            f"Te laat: dit kwam binnen op {came}; de termijn was {ended}.",
            f"Too late: this arrived at {came}; the deadline was {ended}.",
        ),
        source="round",
    )


def told_moment(moment: datetime, zone: str) -> str:
    """Return a moment to the millisecond as the clocks of a zone show it: `2026-12-01 23:59:00.250 (Europe/Amsterdam)`.

    In the hour that clocks show twice the offset says which one is meant: `2026-10-25 02:30:00.000 (Europe/Amsterdam, UTC+02:00)`.
    """
    local = moment.astimezone(ZoneInfo(zone))
    is_twice = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    offset = f"{local:%z}"
    which = f", UTC{offset[:3]}:{offset[3:]}" if is_twice else ""
    return f"{local:%Y-%m-%d %H:%M:%S}.{local.microsecond // 1000:03} ({zone}{which})"
