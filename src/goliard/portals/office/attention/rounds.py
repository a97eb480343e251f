"""Rounds that run: who must do what next, by when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.usage import told
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.policies import may_read_rounds, visible_as_own
from goliard.apps.rounds.queries.opening import last_moment
from goliard.portals.office.attention.lines import SHOWN, Line, Section
from goliard.portals.office.rounds.glance import acting
from goliard.rules.access.actor import Actor

RUNNING = (RoundState.DRAFT, RoundState.OPEN, RoundState.CLOSED, RoundState.SCORING, RoundState.PLACED)


def sections(actor: Actor, today: date) -> Iterator[Section]:
    """Yield the rounds that are not published yet, the next deadline first."""
    if not may_read_rounds(actor):
        return
    rows = visible_as_own(actor, Round.objects.filter(state__in=RUNNING)).select_related("owner").prefetch_related("reopenings")
    lines = tuple(
        Line(told(row), reverse("office:rounds-row", args=[row.pk]), _why(row)) for row in rows.order_by("closes_on", "pk")[:SHOWN]
    )
    yield Section(_("Rounds that run"), rows.count(), lines, reverse("office:rounds"))


def _why(row: Round) -> str:
    until = date_format(timezone.localtime(last_moment(row)), "DATETIME_FORMAT")
    return "; ".join([*(f"{who}: {what}" for who, what in acting(row, timezone.now())), until])
