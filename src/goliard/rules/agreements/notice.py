"""Until when notice must be given, and what the end of an agreement asks for now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from goliard.rules.values.texts import Text


class Urgency(StrEnum):
    """How soon somebody must act."""

    ENDED = "ended"
    NOTICE_PASSED = "notice-passed"
    SOON = "soon"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Ending:
    """The end of an agreement as seen on a day: how many days are left, until when notice can be given, and how urgent it is."""

    ends_on: date
    days_left: int
    notice_by: date | None
    urgency: Urgency

    def sentence(self) -> Text:
        """Say it."""
        if self.urgency is Urgency.ENDED:
            return Text(f"Geëindigd op {self.ends_on:%d-%m-%Y}.", f"Ended on {self.ends_on:%Y-%m-%d}.")
        nl, en = (
            f"Eindigt over {self.days_left} dagen, op {self.ends_on:%d-%m-%Y}.",
            f"Ends in {self.days_left} days, on {self.ends_on:%Y-%m-%d}.",
        )
        if self.notice_by:
            nl += f" Opzeggen of verlengen kan tot {self.notice_by:%d-%m-%Y}."
            en += f" Notice or renewal until {self.notice_by:%Y-%m-%d}."
        return Text(nl, en)


def months_before(day: date, months: int) -> date:
    """Return the same day `months` earlier, or the last day of that month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def same_day_later(day: date, months: int) -> date:
    """Return the same day `months` later, or the last day of that month where it has none."""
    return months_before(day, -months)


def ending(*, ends_on: date, today: date, notice_months: int | None, within_months: int) -> Ending:
    """Return what the end of an agreement asks for on `today`, when the office looks `within_months` ahead."""
    days_left = (ends_on - today).days
    notice_by = months_before(ends_on, notice_months) if notice_months else None
    if days_left < 0:
        urgency = Urgency.ENDED
    elif notice_by and today > notice_by:
        urgency = Urgency.NOTICE_PASSED
    elif today >= months_before(ends_on, within_months):
        urgency = Urgency.SOON
    else:
        urgency = Urgency.LATER
    return Ending(ends_on, days_left, notice_by, urgency)
