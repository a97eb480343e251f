"""Filters of the student portal."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from goliard.apps.rounds.models import RoundDestination
from goliard.portals.shared.language_names import language_name

register = template.Library()
register.filter(language_name)


@register.filter
def moment(until: date | datetime, zone: str) -> str:
    """A day, or a moment as the clocks of a zone show it with the zone's name."""
    if isinstance(until, datetime):
        return f"{date_format(until.astimezone(ZoneInfo(zone)).replace(tzinfo=None), 'DATETIME_FORMAT')} ({zone})"
    return date_format(until)


@register.filter
def named(destination: RoundDestination) -> str:
    """The name of a destination in the page's language."""
    return destination.name(get_language() or "en")
