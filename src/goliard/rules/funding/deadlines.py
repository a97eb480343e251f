"""Is it too late? Judged at the moment when the request arrived, against local time in a named zone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a call's timeline: its kind, and its local date and time in a zone (`Europe/Amsterdam`).

    `reopened_until` holds the moments until which an officer opened it again. A step without a row in the timeline is no step.
    """

    kind: str
    due_on: date
    due_at: time
    zone: str
    reopened_until: tuple[datetime, ...] = ()

    @property
    def moment(self) -> datetime:
        """The last moment that is in time. Where the clock goes back the first of the two is meant; where it skips, the hour after."""
        return datetime.combine(self.due_on, self.due_at, tzinfo=ZoneInfo(self.zone))

    @property
    def last_moment(self) -> datetime:
        """The last moment that is in time, reopening included."""
        return max([self.moment, *self.reopened_until])


def lateness(step: Step | None, arrived: datetime) -> Reason | None:
    """Return why what arrived then is refused, or None where it is in time; the deadline's own moment is in time.

    A call that names no such step has no such deadline.
    """
    if step is None or arrived <= step.last_moment:
        return None
    local = step.last_moment.astimezone(ZoneInfo(step.zone))
    return Reason(
        "deadline-passed",
        Text(
            f"De termijn is verstreken: {local:%d-%m-%Y %H:%M} ({step.zone}). Het bureau kan heropenen.",
            f"The deadline has passed: {local:%Y-%m-%d %H:%M} ({step.zone}). The office may reopen.",
        ),
        source="call",
    )


def next_step(steps: Iterable[Step], now: datetime) -> Step | None:
    """Return the first step that still lies ahead, or None when all have passed."""
    ahead = [step for step in steps if now <= step.moment]
    return min(ahead, key=lambda step: step.moment, default=None)
