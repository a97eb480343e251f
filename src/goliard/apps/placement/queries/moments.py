"""Moments as letters say them."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo


def told_moment(moment: datetime, zone: str, language: str) -> str:
    """Return a moment as letters say it, with its zone."""
    local = moment.astimezone(ZoneInfo(zone))
    return f"{local:%d-%m-%Y %H:%M} ({zone})" if language == "nl" else f"{local:%Y-%m-%d %H:%M} ({zone})"
