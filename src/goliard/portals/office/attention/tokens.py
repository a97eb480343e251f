"""Tokens of the API that end soon: the system that uses one stops on that day, unless somebody makes a new one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from goliard.apps.accounts.policies import may_see_api_tokens
from goliard.apps.accounts.queries import api_tokens_ending
from goliard.portals.office.attention.lines import SHOWN, Line, Section
from goliard.rules.access.actor import Actor

SOON = timedelta(days=30)


def sections(actor: Actor, today: date) -> Iterator[Section]:
    """Yield those that end within a month, for those who may see tokens."""
    if not may_see_api_tokens(actor):
        return
    now, address = timezone.now(), reverse("office:api-tokens")
    rows = api_tokens_ending(now, now + SOON)
    lines = tuple(Line(token.name, address, date_format(token.last_day)) for token in rows[:SHOWN])
    yield Section(_("API tokens that end within a month"), rows.count(), lines, address)
