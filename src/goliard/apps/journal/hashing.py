"""Canonical text and hashes of the journal: the same facts give the same bytes on every database and machine."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from goliard.apps.journal.models import JournalEntry

FIRST_PREVIOUS = "0" * 64  # what the first seal follows


def canonical_json(value: object) -> str:
    """Return JSON with sorted keys and no spaces. Dates, decimals, ids and sets become text; anything else unknown raises TypeError."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return utc_text(value)
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    raise TypeError(f"The journal cannot write {type(value).__name__} in details: give text, numbers, dates, lists or dictionaries.")


def utc_text(moment: dt.datetime) -> str:
    """Return the moment in UTC with six decimals; both databases keep microseconds."""
    return moment.astimezone(dt.UTC).isoformat(timespec="microseconds")


def digest_of_details(*, salt: str, content: str) -> str:
    """Return the SHA-256 of salt and canonical content, in hexadecimal."""
    return hashlib.sha256(f"{salt}\n{content}".encode()).hexdigest()


def hash_of_entry(entry: JournalEntry) -> str:
    """Return the SHA-256 of everything an entry's row says, its id included."""
    facts = [
        entry.pk,
        entry.actor,
        entry.verb,
        entry.subject_type,
        entry.subject_id,
        utc_text(entry.recorded_at),
        entry.reason,
        entry.details_digest,
    ]
    return hashlib.sha256(canonical_json(facts).encode()).hexdigest()


def hash_of_seal(*, number: int, previous_hash: str, sealed_at: dt.datetime, entry_hashes: Iterable[str]) -> str:
    """Return the SHA-256 that chains a batch to the seal before it; the order of the entries counts."""
    hasher = hashlib.sha256(canonical_json([number, previous_hash, utc_text(sealed_at)]).encode())
    for entry_hash in entry_hashes:
        hasher.update(entry_hash.encode())
    return hasher.hexdigest()
