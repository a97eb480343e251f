"""Receive notifications: stored and answered at once, pulled later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.network.models import ReceivedNotification
from goliard.rules.deliveries.backoff import PULL

#: How many notifications of one sender may wait; what comes beyond them is found by the next look at its index.
MOST_WAITING = 5_000


@transaction.atomic
def receive_notification(*, api: str, hei_id: str, subject: str, now: datetime) -> ReceivedNotification | None:
    """Store that a partner says something changed; one that already waits is counted once more instead.

    Returns None, and stores nothing, where `MOST_WAITING` others of that sender wait.
    """
    waiting = ReceivedNotification.objects.filter(hei_id=hei_id, pulled_at=None)
    if waiting.count() >= MOST_WAITING and not waiting.filter(api=api, subject=subject).exists():
        return None
    row, is_new = ReceivedNotification.objects.select_for_update().get_or_create(
        api=api, hei_id=hei_id, subject=subject, pulled_at=None, defaults={"first_at": now, "received_at": now}
    )
    if not is_new:
        row.times, row.received_at, row.due_at = row.times + 1, now, None  # whoever notifies is there to be asked
        row.save(update_fields=["times", "received_at", "due_at"])
    return row


@transaction.atomic
def ask_again(*, api: str, hei_id: str, subject: str, now: datetime) -> ReceivedNotification | None:
    """Pull something soon because we want to know, as if the partner had notified it; an earlier failure delays it no longer."""
    row = receive_notification(api=api, hei_id=hei_id, subject=subject, now=now)
    if row is not None:
        row.attempts, row.due_at = 0, None
        row.save(update_fields=["attempts", "due_at"])
    return row


@transaction.atomic
def note_pull_failed(*, row: ReceivedNotification, error: str, now: datetime) -> None:
    """Note that what was notified could not be pulled: again later; after a day it is left to the next look at the partner's index."""
    locked = ReceivedNotification.objects.select_for_update().get(pk=row.pk)
    locked.attempts, locked.last_error = locked.attempts + 1, error[:300]
    locked.due_at = PULL.next_attempt(first_try=locked.received_at, attempts=locked.attempts, now=now)
    locked.pulled_at = None if locked.due_at else now
    locked.save(update_fields=["attempts", "last_error", "due_at", "pulled_at"])


def mark_pulled(*, row: ReceivedNotification, now: datetime) -> bool:
    """Mark a notification as pulled, unless it came in once more since `row` was read; return whether it is marked."""
    unchanged = ReceivedNotification.objects.filter(pk=row.pk, times=row.times, pulled_at=None)
    return bool(unchanged.update(pulled_at=now, last_error=""))
