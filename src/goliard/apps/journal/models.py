"""Entries, their erasable details, and the seals that chain them."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from django.db import models


class EntryIsImmutable(TypeError):
    """An attempt to change or remove what the journal holds."""


class ImmutableQuerySet(models.QuerySet):
    """Rows may be added and read. Bulk inserts stay possible for `record`; everything that alters a row is refused."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise EntryIsImmutable("Journal entries are never updated.")

    def delete(self) -> NoReturn:
        raise EntryIsImmutable("Journal entries are never deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise EntryIsImmutable("Journal entries are never updated.")


class Immutable(models.Model):
    """A row that is inserted once."""

    objects = ImmutableQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; refuse to save a row that exists (this guards, it decides nothing)."""
        if not self._state.adding:
            raise EntryIsImmutable(f"{self._meta.label} {self.pk} is never updated.")
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise EntryIsImmutable(f"{self._meta.label} {self.pk} is never deleted.")


class JournalEntry(Immutable):
    """One use case: who (opaque id), what (verb), on which subject, when, why, and the digest of the details."""

    actor = models.CharField(max_length=100)
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=100)
    subject_id = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    reason = models.TextField(blank=True)
    details_digest = models.CharField(max_length=64, blank=True)  # SHA-256 of salt and content; empty where there were no details

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="journal_entry_subject"),
            models.Index(fields=["actor", "id"], name="journal_entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.verb} {self.subject_type} {self.subject_id}"


class EntryDetails(models.Model):
    """What an entry was about, as canonical JSON text. The row may be erased; the entry and the chain stay as they are."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, primary_key=True, related_name="erasable")
    salt = models.CharField(max_length=64)  # without it the digest of a short text could be guessed after erasure
    content = models.TextField()

    def __str__(self) -> str:
        return f"details of entry {self.entry_id}"

    @property
    def as_dict(self) -> dict[str, Any]:
        """The details as they were given to `record`, in JSON's types."""
        loaded: dict[str, Any] = json.loads(self.content)
        return loaded


class UnsealedEntry(models.Model):
    """An entry that waits for the sealer. Kept apart so that sealing and `/healthz` cost what waits, not what was ever written."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, primary_key=True, related_name="waiting")

    def __str__(self) -> str:
        return f"entry {self.entry_id} waits for its seal"


class Seal(Immutable):
    """A batch of entries, chained: `hash` covers the number, the previous seal's hash, the time, and the hash of every entry in order."""

    number = models.PositiveBigIntegerField(primary_key=True)
    previous_hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    entry_count = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


class SealedEntry(Immutable):
    """The place of an entry in a seal. No constraint in the database, so that verify can name an entry that is gone."""

    entry = models.OneToOneField(JournalEntry, on_delete=models.DO_NOTHING, db_constraint=False, primary_key=True, related_name="sealed")
    seal = models.ForeignKey(Seal, on_delete=models.DO_NOTHING, db_constraint=False, related_name="entries")
    position = models.PositiveIntegerField()
    entry_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["seal", "position"], name="journal_sealed_position_once")]

    def __str__(self) -> str:
        return f"entry {self.entry_id} in seal {self.seal_id}"
