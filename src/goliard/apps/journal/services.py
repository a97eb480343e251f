"""The journal's only way in: `record`, and the erasure of details."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from goliard.apps.journal.hashing import canonical_json, digest_of_details
from goliard.apps.journal.models import EntryDetails, JournalEntry, UnsealedEntry
from goliard.apps.journal.queries import Subject, key_of
from goliard.rules.access.actor import Actor

ERASE_DETAILS = "erase-details"


class RecordedOutsideTransaction(RuntimeError):
    """An entry must commit or vanish with the use case that it tells of."""


def record(
    *,
    actor: Actor,
    verb: str,
    subject: Subject,
    now: datetime,
    reason: str = "",
    details: dict[str, Any] | None = None,
) -> JournalEntry:
    """Add the entry of one use case, in the transaction of that use case.

    `subject` is a saved model instance or `(type, id)`. `details` hold facts in JSON's types, dates and decimals; changed fields as
    `changes()` gives them. Personal data belong there (they can be erased), never in `verb` or `reason`.
    Raises RecordedOutsideTransaction without a transaction, ValueError for an unsaved subject, a naive `now` or an empty verb.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RecordedOutsideTransaction(f"record({verb!r}) needs the transaction of its use case.")
    if not verb or now.tzinfo is None:
        raise ValueError("An entry needs a verb and a moment with a time zone.")
    subject_type, subject_id = key_of(subject)
    content = canonical_json(details) if details else ""
    salt = secrets.token_hex(16)
    entry = JournalEntry(
        actor=actor.id,
        verb=verb,
        subject_type=subject_type,
        subject_id=subject_id,
        recorded_at=now,
        reason=reason,
        details_digest=digest_of_details(salt=salt, content=content) if content else "",
    )
    entry.save()
    if content:
        EntryDetails.objects.create(entry=entry, salt=salt, content=content)
    UnsealedEntry.objects.create(entry=entry)
    return entry


@transaction.atomic
def erase_details(*, entries: Iterable[JournalEntry], subject: Subject, actor: Actor, now: datetime, reason: str) -> int:
    """Remove details and salt of the entries, and record that; return how many were removed. The entries and the chain stay whole."""
    ids = sorted(entry.pk for entry in entries)
    removed, _ = models.QuerySet(EntryDetails).filter(entry_id__in=ids).delete()
    record(actor=actor, verb=ERASE_DETAILS, subject=subject, now=now, reason=reason, details={"entries": ids})
    return removed
