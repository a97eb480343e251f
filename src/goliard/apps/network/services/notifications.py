"""Receive notifications: stored and answered at once, pulled later."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.network.models import ReceivedNotification

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
        row.times, row.received_at = row.times + 1, now
        row.save(update_fields=["times", "received_at"])
    return row


def mark_pulled(*, row: ReceivedNotification, now: datetime) -> bool:
    """Mark a notification as pulled, unless it came in once more since `row` was read; return whether it is marked."""
    unchanged = ReceivedNotification.objects.filter(pk=row.pk, times=row.times, pulled_at=None)
    return bool(unchanged.update(pulled_at=now))
