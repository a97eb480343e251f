"""Letters whose fate a person must decide, and those that could not be sent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goliard.apps.messaging.choices import DeliveryState
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.policies import may_read_letters
from goliard.portals.office.attention.lines import SHOWN, Line, Section, address_of
from goliard.rules.access.actor import Actor


def sections(actor: Actor, today: date) -> Iterator[Section]:
    """Yield the uncertain ones and those given up, for those who may read letters."""
    if not may_read_letters(actor):
        return
    for title, state in (
        (_("Letters that may have been sent: decide"), DeliveryState.UNCERTAIN),
        (_("Letters that could not be sent"), DeliveryState.FAILED),
    ):
        rows = Delivery.objects.filter(state=state).order_by("-queued_at")
        lines = tuple(Line(row.subject, address_of(row), row.address) for row in rows[:SHOWN])
        yield Section(title, rows.count(), lines, f"{reverse('office:deliveries')}?state={state}")
