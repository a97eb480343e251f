"""Who we are on the network: our hei id, our addresses and the keys that sign for us."""

from __future__ import annotations

import logging
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.timezone import localdate

from goliard.apps.agreements.queries.network import home_hei
from goliard.apps.institutions.models import Organisation
from goliard.apps.network.choices import KeyUse
from goliard.apps.network.encryption import LockedKey, unlock
from goliard.apps.network.queries import signing_key
from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_node.mapping.institutions import hei_id_of

logger = logging.getLogger(__name__)

#: Below which path every endpoint stands, outside the addresses of the languages.
PREFIX = "/ewp/"


def is_open() -> bool:
    """Whether this installation takes part: it knows its own address."""
    return bool(settings.GOLIARD_EWP_URL)


def our_host() -> str:
    """Return the host name by which partners call us, in lower case and without port."""
    return urlsplit(settings.GOLIARD_EWP_URL).hostname or ""


def our_url(path: str) -> str:
    """Return the address of one of our endpoints."""
    return f"{settings.GOLIARD_EWP_URL}{path}"


def our_hei() -> tuple[Organisation, str] | None:
    """Return the home institution with its hei id, or None where one of them is missing."""
    home = home_hei()
    hei_id = "" if home is None else hei_id_of(home, localdate())
    return None if home is None or not hei_id else (home, hei_id)


def key_for(use: KeyUse, now: datetime) -> SigningKey | None:
    """Return the key that signs at a moment, or None where there is none or it cannot be read (which the log says)."""
    row = signing_key(use, now)
    return None if row is None else unlocked_key(row.key_id, row.encrypted_private)


def unlocked_key(key_id: str, encrypted: str) -> SigningKey | None:
    """Return a key of ours, ready to sign, or None where it cannot be read (which the log says)."""
    try:
        return _unlocked(encrypted)
    except LockedKey:
        logger.exception("the key %s cannot sign", key_id)
        return None


@lru_cache(maxsize=8)
def _unlocked(encrypted: str) -> SigningKey:
    return SigningKey(unlock(encrypted))
