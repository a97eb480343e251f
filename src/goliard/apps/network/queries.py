"""Reads of the network: which keys count at a moment, the catalogue that counts, what came in."""

from __future__ import annotations

import zlib
from datetime import datetime

from django.db.models import Q, QuerySet

from goliard.apps.network.choices import KeyUse
from goliard.apps.network.models import CatalogueCopy, Exchange, ReceivedNotification, SigningKey


def published_keys(now: datetime) -> QuerySet[SigningKey]:
    """Return the keys that our manifest names at a moment."""
    return SigningKey.objects.filter(Q(published_until__isnull=True) | Q(published_until__gt=now))


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
