"""Make and replace our signing keys."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction

from goliard.apps.journal.services import record
from goliard.apps.network.choices import KeyUse
from goliard.apps.network.encryption import lock
from goliard.apps.network.models import SigningKey
from goliard.apps.network.queries import published_keys
from goliard.rules.access.actor import Actor

BITS = 3072
#: How long both keys are published before the new one signs, and again before the old one leaves: partners' catalogues are hours old.
OVERLAP = timedelta(hours=24)


class KeyRefused(ValueError):
    """There is already a key of this use, or there is none to replace."""


@transaction.atomic
def create_key(*, use: KeyUse, actor: Actor, now: datetime) -> SigningKey:
    """Make the first key of a use; it is published and signs at once. Raises KeyRefused where one is published: rotate it."""
    if published_keys(now).filter(use=use).exists():
        raise KeyRefused(f"there is already a {use.value} key: rotate it instead")
    return _make(use, actor, now, signs_from=now, verb="create-key")


@transaction.atomic
def rotate_key(*, use: KeyUse, actor: Actor, now: datetime, overlap: timedelta = OVERLAP) -> SigningKey:
    """Make a key that is published at once and signs after `overlap`; earlier keys leave the manifest one `overlap` after that.

    Raises KeyRefused where there is none to replace, or where an earlier rotation has not taken effect yet.
    """
    earlier = list(published_keys(now).filter(use=use).select_for_update())
    if not earlier:
        raise KeyRefused(f"there is no {use.value} key yet: create it first")
    if any(key.signs_from > now for key in earlier):
        raise KeyRefused(f"a new {use.value} key is already published and does not sign yet")
    signs_from = now + overlap
    leaves = signs_from + overlap
    for key in earlier:
        key.published_until = min(key.published_until or leaves, leaves)
        key.save(update_fields=["published_until"])
    return _make(use, actor, now, signs_from=signs_from, verb="rotate-key")


def _make(use: KeyUse, actor: Actor, now: datetime, *, signs_from: datetime, verb: str) -> SigningKey:
    private = generate_private_key(public_exponent=65537, key_size=BITS)
    der = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    key = SigningKey.objects.create(
        use=use,
        key_id=hashlib.sha256(der).hexdigest(),
        public_der=der,
        encrypted_private=lock(private),
        created_at=now,
        signs_from=signs_from,
    )
    record(actor=actor, verb=verb, subject=key, now=now, details={"use": use.value, "key_id": key.key_id, "signs_from": signs_from})
    return key
