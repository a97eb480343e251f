"""Reads of the network: which keys count at a moment, the catalogue that counts, what came in."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet

from goliard.apps.network.choices import KeyUse
from goliard.apps.network.models import CatalogueCopy, Exchange, Peer, ReceivedNotification, SigningKey

_STANDING = (
    f"SELECT (SELECT sha256 FROM {CatalogueCopy._meta.db_table} ORDER BY id DESC LIMIT 1), signing.key_id, signing.encrypted_private"  # noqa: S608 -- our tables
    f" FROM (SELECT 1 AS one) here LEFT JOIN (SELECT key_id, encrypted_private FROM {SigningKey._meta.db_table}"
    " WHERE use = %s AND signs_from <= %s AND (published_until IS NULL OR published_until > %s)"
    " ORDER BY signs_from DESC, id DESC LIMIT 1) signing ON 1 = 1"
)


def takes_part() -> bool:
    """Whether this installation takes part in the network: it knows its own address there."""
    return bool(settings.GOLIARD_EWP_URL)


def published_keys(now: datetime) -> QuerySet[SigningKey]:
    """Return the keys that our manifest names at a moment."""
    return SigningKey.objects.filter(Q(published_until__isnull=True) | Q(published_until__gt=now))


@dataclass(frozen=True, slots=True)
class Standing:
    """What an answer needs to know: which catalogue counts (its hash, empty for none), and the key that signs answers, still encrypted."""

    catalogue: str
    key_id: str
    encrypted_private: str


def standing(now: datetime) -> Standing:
    """Return how we stand at a moment, in one question written by hand: every answer asks it, and building it would cost more than it."""
    moment = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [KeyUse.SERVER.value, moment, moment])
        return Standing(*(value or "" for value in cursor.fetchone()))


def signing_key(use: KeyUse, now: datetime) -> SigningKey | None:
    """Return the key that signs at a moment: the newest published one whose time has come."""
    return published_keys(now).filter(use=use, signs_from__lte=now).order_by("-signs_from", "-pk").first()


def catalogue_version() -> str:
    """Return the hash of the catalogue that counts, empty where there is none."""
    return CatalogueCopy.objects.values_list("sha256", flat=True).first() or ""


def catalogue_body(sha256: str) -> bytes:
    """Return the bytes of a copy by its hash, empty where it has been replaced meanwhile."""
    compressed = CatalogueCopy.objects.filter(sha256=sha256).values_list("compressed", flat=True).first()
    return b"" if compressed is None else zlib.decompress(bytes(compressed))


def current_catalogue() -> CatalogueCopy | None:
    """Return the copy that counts without its bytes, or None."""
    return CatalogueCopy.objects.defer("compressed").first()


def waiting_notifications() -> QuerySet[ReceivedNotification]:
    """Return the notifications that have not been pulled, the oldest first."""
    return ReceivedNotification.objects.filter(pulled_at__isnull=True).order_by("received_at", "pk")


def last_notifications(number: int) -> list[ReceivedNotification]:
    """Return the newest notifications."""
    return list(ReceivedNotification.objects.all()[:number])


def last_exchanges(number: int) -> list[Exchange]:
    """Return the newest exchanges."""
    return list(Exchange.objects.all()[:number])


def notifications_to_pull(now: datetime, number: int) -> list[ReceivedNotification]:
    """Return notifications that wait and are due, the oldest first."""
    due = Q(due_at__isnull=True) | Q(due_at__lte=now)
    return list(waiting_notifications().filter(due)[:number])


def peers_to_look_through(now: datetime) -> list[Peer]:
    """Return the partners whose index is due, those first that waited longest."""
    due = Peer.objects.filter(is_in_catalogue=True).filter(Q(index_due_at__isnull=True) | Q(index_due_at__lte=now))
    return list(due.order_by("index_due_at", "pk"))
