"""Send what is due: claim, send, note the outcome.

A delivery is claimed in a transaction of its own before anything leaves the machine. If the process dies between claim and outcome, nobody
can know whether the letter left: after a while it is marked uncertain, shown to an officer, and not repeated by itself.
"""

from __future__ import annotations

import smtplib
import socket
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.mail import EmailMessage
from django.db import connection, transaction

from goliard.apps.journal.services import record
from goliard.apps.messaging.choices import DeliveryState
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.sealing import SealBroken, unsealed
from goliard.rules.access.actor import Actor
from goliard.rules.deliveries.backoff import MAIL
from goliard.rules.lifecycles.delivery import DELIVERY

# refusals by which one knows that the letter did not leave
NOT_SENT = (
    smtplib.SMTPResponseException,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPNotSupportedError,
    SealBroken,
    ConnectionRefusedError,
    socket.gaierror,
)
LOST_AFTER = timedelta(minutes=10)
Clock = Callable[[], datetime]
Send = Callable[[Delivery], None]


def send_due(*, worker: str, clock: Clock, send: Send, limit: int = 50) -> int:
    """Send up to `limit` deliveries that are due, one after the other; return how many were sent."""
    sent = 0
    for _number in range(limit):
        delivery = claim_next(worker=worker, now=clock())
        if delivery is None:
            break
        sent += _attempt(delivery, send, clock)
    return sent


@transaction.atomic
def claim_next(*, worker: str, now: datetime) -> Delivery | None:
    """Claim the delivery that has been due longest, so that no other worker sends it; None when nothing is due."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, due_at__lte=now).order_by("due_at", "pk")
    locked = due.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else due
    delivery = locked.first()
    if delivery is None:
        return None
    delivery.state, delivery.claimed_at, delivery.claimed_by = DeliveryState.CLAIMED, now, worker
    delivery.attempts += 1
    delivery.save(update_fields=["state", "claimed_at", "claimed_by", "attempts"])
    return delivery


@transaction.atomic
def mark_lost(*, now: datetime) -> int:
    """Mark as uncertain what was claimed and never came to an outcome; return how many."""
    lost = Delivery.objects.filter(state=DeliveryState.CLAIMED, claimed_at__lte=now - LOST_AFTER)
    return lost.update(state=DeliveryState.UNCERTAIN, ended_at=now)


@transaction.atomic
def move_delivery(*, row: Delivery, action: str, actor: Actor, now: datetime) -> Delivery:
    """Send an uncertain or given-up letter again, or do not send one after all, because a person decided so.

    Raises TransitionRefused when the letter's state does not allow it (any more) or the actor may not decide it.
    """
    locked = Delivery.objects.select_for_update().get(pk=row.pk)
    locked.state = DELIVERY.next_state(state=locked.state, action=action, actor=actor)
    if locked.state == DeliveryState.WAITING:
        locked.attempts, locked.queued_at, locked.due_at, locked.ended_at = 0, now, now, None
    else:
        locked.ended_at, locked.sealed = now, ""
    locked.save(update_fields=["state", "attempts", "queued_at", "due_at", "ended_at", "sealed"])
    record(actor=actor, verb=f"{action}-delivery", subject=locked, now=now)
    return locked


def by_mail(delivery: Delivery) -> None:
    """Hand one delivery to the mail server that the settings name; raises what the server or the network raises."""
    body = unsealed(delivery.body, delivery.sealed, delivery.language)
    message = EmailMessage(delivery.subject, body, to=[delivery.address], headers={"Message-ID": delivery.message_id})
    if delivery.attachment:
        from django.core.files.storage import default_storage  # noqa: PLC0415 -- only letters with an attachment touch the storage

        with default_storage.open(delivery.attachment.storage_name, "rb") as stream:
            message.attach(delivery.attachment.name, stream.read(), delivery.attachment.content_type)
    message.send()


def _attempt(delivery: Delivery, send: Send, clock: Clock) -> int:
    try:
        send(delivery)
    except NOT_SENT as error:
        _failed(delivery, error, clock())
        return 0
    except Exception as error:  # whatever else happens once the letter was handed over leaves its fate unknown
        delivery.last_error = _shown(error)
        _ended(delivery, DeliveryState.UNCERTAIN, clock())
        return 0
    delivery.last_error = ""
    _ended(delivery, DeliveryState.SENT, clock())
    return 1


@transaction.atomic
def _failed(delivery: Delivery, error: Exception, now: datetime) -> None:
    due = MAIL.next_attempt(first_try=delivery.queued_at, attempts=delivery.attempts, now=now)
    delivery.last_error = _shown(error)
    delivery.state = DeliveryState.WAITING if due else DeliveryState.FAILED
    delivery.due_at, delivery.ended_at = due or delivery.due_at, None if due else now
    delivery.save(update_fields=["last_error", "state", "due_at", "ended_at"])


@transaction.atomic
def _ended(delivery: Delivery, state: DeliveryState, now: datetime) -> None:
    delivery.state, delivery.ended_at = state, now
    delivery.sealed = "" if state == DeliveryState.SENT else delivery.sealed  # an officer may still send an uncertain one again
    delivery.save(update_fields=["state", "ended_at", "last_error", "sealed"])


def _shown(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]
