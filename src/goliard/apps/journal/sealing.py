"""The sealer: chains committed entries in batches, so that writers never wait for one another."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from goliard.apps.journal.hashing import FIRST_PREVIOUS, hash_of_entry, hash_of_seal
from goliard.apps.journal.models import JournalEntry, Seal, SealedEntry, UnsealedEntry
from goliard.apps.journal.queries import head

BATCH = 1000


def seal(*, now: datetime) -> int:
    """Seal every entry that waits, in batches; return how many. Two sealers at once are harmless: one of them stops."""
    total = 0
    while sealed := _seal_batch(now):
        total += sealed
    return total


def _seal_batch(now: datetime) -> int:
    """Chain one batch in one short transaction. The seal's number is the lock: a second sealer that took the same number gives up."""
    try:
        with transaction.atomic():
            waiting = list(UnsealedEntry.objects.order_by("entry_id").values_list("entry_id", flat=True)[:BATCH])
            if not waiting:
                return 0
            entries = list(JournalEntry.objects.filter(pk__in=waiting, sealed__isnull=True).order_by("pk"))
            if entries:
                _write_seal(entries, now)
            UnsealedEntry.objects.filter(entry_id__in=waiting).delete()
            return len(waiting)
    except IntegrityError:
        return 0


def _write_seal(entries: list[JournalEntry], now: datetime) -> None:
    newest = head()
    number, previous_hash = (newest.number + 1, newest.hash) if newest else (1, FIRST_PREVIOUS)
    hashes = [hash_of_entry(entry) for entry in entries]
    chained = hash_of_seal(number=number, previous_hash=previous_hash, sealed_at=now, entry_hashes=hashes)
    row = Seal(number=number, previous_hash=previous_hash, sealed_at=now, entry_count=len(entries), hash=chained)
    row.save()
    SealedEntry.objects.bulk_create(
        SealedEntry(entry=entry, seal=row, position=position, entry_hash=entry_hash)
        for position, (entry, entry_hash) in enumerate(zip(entries, hashes, strict=True))
    )
