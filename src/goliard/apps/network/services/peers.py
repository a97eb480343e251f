"""Remember partners' nodes: what the catalogue says of them, and when their index was last looked through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from goliard.apps.network.models import Peer
from goliard.rules.deliveries.backoff import INDEX

NIGHTLY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class PeerEntry:
    """What the catalogue says of one institution."""

    apis: Sequence[Mapping[str, Any]] = ()
    provider: str = ""
    emails: Sequence[str] = ()
    is_in_catalogue: bool = True


@transaction.atomic
def keep_peers(*, entries: Mapping[str, PeerEntry], now: datetime) -> int:
    """Keep what the catalogue says of our partners, by hei id; return how many changed. Others than these are forgotten."""
    known = {peer.hei_id: peer for peer in Peer.objects.select_for_update()}
    Peer.objects.filter(hei_id__in=known.keys() - entries.keys()).delete()
    changed = 0
    for hei_id, entry in entries.items():
        peer = known.get(hei_id) or Peer(hei_id=hei_id, checked_at=now)
        before = (peer.is_in_catalogue, peer.apis, peer.admin_provider, peer.admin_emails)
        told = (entry.is_in_catalogue, [dict(api) for api in entry.apis], entry.provider[:200], list(entry.emails))
        changed += peer.pk is None or before != told
        peer.is_in_catalogue, peer.apis, peer.admin_provider, peer.admin_emails = told
        peer.checked_at = now
        peer.save()
    return changed


def note_indexed(*, peer: Peer, is_whole: bool, began_at: datetime) -> None:
    """Note that a partner's index was looked through, as it stood at `began_at`."""
    peer.indexed_at, peer.index_due_at = began_at, began_at + NIGHTLY
    peer.indexed_whole_at = began_at if is_whole else peer.indexed_whole_at
    peer.index_attempts, peer.index_error = 0, ""
    peer.save(update_fields=["indexed_at", "index_due_at", "indexed_whole_at", "index_attempts", "index_error"])


def note_index_failed(*, peer: Peer, error: str, now: datetime) -> None:
    """Note that a partner's index could not be read; it is tried again with back-off."""
    peer.index_attempts, peer.index_error = min(peer.index_attempts + 1, 1000), error[:300]
    peer.index_due_at = INDEX.next_attempt(first_try=now, attempts=peer.index_attempts, now=now)
    peer.save(update_fields=["index_attempts", "index_error", "index_due_at"])


def look_again(*, hei_id: str, now: datetime) -> None:
    """Look through a partner's whole index soon, because we want to know."""
    Peer.objects.filter(hei_id=hei_id).update(index_due_at=now, indexed_whole_at=None)
