"""What the calls that run now ask of the office, and their next date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import CallState
from goliard.apps.funding.models import FundingCall
from goliard.apps.funding.policies import may_read_funding
from goliard.apps.funding.queries.timeline import timeline
from goliard.apps.institutions.usage import told
from goliard.portals.office.attention.lines import SHOWN, Line, Section, answers_for_all
from goliard.portals.office.calls_desk.acting import acting
from goliard.rules.access.actor import Actor

OPEN = (CallState.ANNOUNCED, CallState.OPEN)


def sections(actor: Actor, today: date) -> Iterator[Section]:
    """Yield the running calls: who must do what, and by when."""
    if not (answers_for_all(actor) and may_read_funding(actor)):
        return
    calls = FundingCall.objects.filter(state__in=OPEN, steps__isnull=False).distinct().select_related("action")
    lines = tuple(
        Line(
            told(call),
            reverse("office:call-desk", args=[call.pk]),
            "; ".join([*(f"{who}: {what}" for who, what in acting(call)), *_next(call)]),
        )
        for call in calls[:SHOWN]
    )
    yield Section(_("Calls that run"), len(calls), lines, reverse("office:call-desks"))


def _next(call: FundingCall) -> Iterator[str]:
    for line in timeline(call, timezone.now()):
        if line.place == "next":
            yield f"{line.row.get_kind_display()}: {date_format(line.row.moment, 'DATETIME_FORMAT')}"
