"""Which rounds are open, and until when."""

from __future__ import annotations

from datetime import datetime, timedelta

from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Round
from goliard.rules.funding.deadlines import Step, lateness
from goliard.rules.values.texts import Reason, Text


def step_of(round: Round) -> Step:
    """Return the deadline of a round with its later ones, as the rules of deadlines read it."""
    later = tuple(each.until for each in round.reopenings.all())
    return Step("applications", round.closes_on, round.closes_at, round.zone, later)


def last_moment(round: Round) -> datetime:
    """Return the last moment that is in time, later deadlines included."""
    return step_of(round).last_moment


def closed_refusal(round: Round, arrived: datetime) -> Reason | None:
    """Return why what arrived then cannot be handed in, or None while the round is open; the deadline's own moment is in time."""
    if round.state != RoundState.OPEN or arrived < round.opens:
        return Reason("round-not-open", Text("Deze ronde is niet open.", "This round is not open."), source="round")
    return lateness(step_of(round), arrived)


def open_rounds(now: datetime) -> list[Round]:
    """Return the rounds in which one can apply now, those that close first above."""
    rows = Round.objects.filter(state=RoundState.OPEN, opens_on__lte=(now + timedelta(days=1)).date())
    found = [row for row in rows.select_related("owner", "project").prefetch_related("reopenings") if closed_refusal(row, now) is None]
    return sorted(found, key=lambda row: (last_moment(row), row.pk))


def coming_rounds(now: datetime) -> list[Round]:
    """Return the rounds that the office opened and that begin later, the next first."""
    rows = Round.objects.filter(state=RoundState.OPEN).select_related("owner").order_by("opens_on", "opens_at", "pk")
    return [row for row in rows if row.opens > now]
