"""When a delivery that failed is tried again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Patience:
    """How often and how long a delivery is tried: the waits between attempts (the last one repeats), and the end."""

    waits: tuple[timedelta, ...]
    gives_up_after: timedelta

    def next_attempt(self, *, first_try: datetime, attempts: int, now: datetime) -> datetime | None:
        """Return when to try again after `attempts` failed ones, or None when it is time to give up.

        `first_try` is when the delivery was first due. Raises ValueError for fewer than one attempt.
        """
        if attempts < 1:
            raise ValueError("Only a failed attempt is followed by another.")
        due = now + self.waits[min(attempts, len(self.waits)) - 1]
        return due if due <= first_try + self.gives_up_after else None


def _minutes(*waits: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(minutes=wait) for wait in waits)


MAIL = Patience(_minutes(1, 5, 15, 60, 240), timedelta(days=3))
NOTIFICATION = Patience(_minutes(1, 2, 5, 15, 60), timedelta(days=1))  # EWP: a lost notification is healed by the nightly pull
PULL = Patience(_minutes(1, 2, 5, 15, 60), timedelta(days=1))  # what a partner notified and could not be fetched; the index heals the rest
INDEX = Patience(_minutes(5, 30, 120, 360), timedelta(days=3650))  # a partner's index is looked through for as long as it is a partner
