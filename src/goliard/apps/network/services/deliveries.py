"""Notifications to partners: queued in the transaction of the change, sent by a worker, tried again with back-off, given up after a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q

from goliard.apps.journal.services import record
from goliard.apps.network.choices import NotificationState
from goliard.apps.network.models import NotificationDelivery
from goliard.rules.access.actor import Actor
from goliard.rules.deliveries.backoff import NOTIFICATION
from goliard.rules.lifecycles.notification import NOTIFICATION_TO_PARTNER
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.values.texts import Text

#: How long a worker may take to send one; after that another one sends it (again), which harms nobody.
LEASE = timedelta(minutes=3)


def queue_notification(*, api: str, hei_id: str, subject: str, now: datetime) -> NotificationDelivery:
    """Tell a partner, soon, that something of ours changed; where that is already waiting to be told, it is counted in it.

    Must run in the transaction of the change: the partner is then told exactly if the change holds.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A notification is queued in the transaction of the change.")
    row, is_new = NotificationDelivery.objects.select_for_update().get_or_create(
        api=api, hei_id=hei_id, subject=subject, state=NotificationState.WAITING, defaults={"queued_at": now, "due_at": now}
    )
    if not is_new:
        row.times, row.queued_at = row.times + 1, now  # a new change deserves a whole day of attempts
        row.save(update_fields=["times", "queued_at"])
    return row


@transaction.atomic
def claim_notification(*, now: datetime) -> NotificationDelivery | None:
    """Claim the notification that has been due longest; None when nothing is due."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=now)
    due = NotificationDelivery.objects.filter(free, state=NotificationState.WAITING, due_at__lte=now).order_by("due_at", "pk")
    row = (due.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else due).first()
    if row is not None:
        row.claimed_until, row.attempts = now + LEASE, row.attempts + 1
        row.save(update_fields=["claimed_until", "attempts"])
    return row


@transaction.atomic
def note_sent(*, row: NotificationDelivery, now: datetime) -> None:
    """Note that the partner answered; what changed since `row` was claimed is told once more."""
    same = NotificationDelivery.objects.filter(pk=row.pk, state=NotificationState.WAITING)
    ended = {"state": NotificationState.SENT, "ended_at": now, "claimed_until": None, "last_error": ""}
    if not same.filter(times=row.times).update(**ended):
        same.update(claimed_until=None, due_at=now, attempts=0, last_error="")


@transaction.atomic
def note_failed(*, row: NotificationDelivery, error: str, is_worth_repeating: bool, now: datetime) -> None:
    """Note that the partner was not told: try again later, or give up after a day, or at once where asking again cannot help.

    Where it is tried again, what else waits for that partner waits as long.
    """
    locked = NotificationDelivery.objects.select_for_update().get(pk=row.pk)
    if locked.state != NotificationState.WAITING:
        return
    due = NOTIFICATION.next_attempt(first_try=locked.queued_at, attempts=max(locked.attempts, 1), now=now) if is_worth_repeating else None
    if due is None and locked.times != row.times:
        due = now  # what was refused is not what waits now
    locked.claimed_until, locked.last_error = None, error[:300]
    locked.state = NotificationState.WAITING if due else NotificationState.FAILED
    locked.due_at, locked.ended_at = due or locked.due_at, None if due else now
    locked.save(update_fields=["claimed_until", "last_error", "state", "due_at", "ended_at"])
    if is_worth_repeating and due:
        others = NotificationDelivery.objects.filter(hei_id=locked.hei_id, state=NotificationState.WAITING, claimed_until__isnull=True)
        others.filter(due_at__lt=due).update(due_at=due)


@transaction.atomic
def move_notification(*, row: NotificationDelivery, action: str, actor: Actor, now: datetime) -> NotificationDelivery:
    """Send a given-up notification again, or do not send one that waits, because a person decided so. Raises TransitionRefused."""
    locked = NotificationDelivery.objects.select_for_update().get(pk=row.pk)
    target = NOTIFICATION_TO_PARTNER.next_state(state=locked.state, action=action, actor=actor)
    same = NotificationDelivery.objects.filter(api=locked.api, hei_id=locked.hei_id, subject=locked.subject)
    if target == NotificationState.WAITING and same.filter(state=NotificationState.WAITING).exists():
        raise TransitionRefused(Text("Hierover wacht al een nieuwere melding.", "A newer notification about this is already waiting."))
    locked.state, locked.claimed_until = target, None
    if target == NotificationState.WAITING:
        locked.attempts, locked.queued_at, locked.due_at, locked.ended_at = 0, now, now, None
    else:
        locked.ended_at = now
    locked.save(update_fields=["state", "claimed_until", "attempts", "queued_at", "due_at", "ended_at"])
    record(actor=actor, verb=f"{action}-notification", subject=locked, now=now)
    return locked
