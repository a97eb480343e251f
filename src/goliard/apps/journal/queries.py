"""Reads of the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import models

from goliard.apps.journal.models import JournalEntry, Seal, UnsealedEntry

Subject = models.Model | tuple[str, str]


def key_of(subject: Subject) -> tuple[str, str]:
    """Return `(type, id)` of a subject, as entries hold it: `("projects.project", "12")`. Raises ValueError for an unsaved instance."""
    if isinstance(subject, models.Model):
        if subject.pk is None:
            raise ValueError(f"{subject._meta.label} must be saved before the journal can name it.")
        return subject._meta.label_lower, str(subject.pk)
    return subject


def history_of(subject: Subject) -> models.QuerySet[JournalEntry]:
    """Return the entries about a subject, newest first, with their details (absent where erased)."""
    subject_type, subject_id = key_of(subject)
    return _with_details(JournalEntry.objects.filter(subject_type=subject_type, subject_id=subject_id))


def history_of_all(subjects: Iterable[Subject]) -> models.QuerySet[JournalEntry]:
    """Return the entries about any of the subjects (a project and its participations), newest first, with their details."""
    wanted = models.Q(pk__in=[])
    for subject in subjects:
        subject_type, subject_id = key_of(subject)
        wanted |= models.Q(subject_type=subject_type, subject_id=subject_id)
    return _with_details(JournalEntry.objects.filter(wanted))


def _with_details(entries: models.QuerySet[JournalEntry]) -> models.QuerySet[JournalEntry]:
    return entries.select_related("erasable").order_by("-id")


@dataclass(frozen=True, slots=True)
class Head:
    """The newest seal. Kept elsewhere (on paper, in a mail to the auditor) it proves later that no end was cut off."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"


def head() -> Head | None:
    """Return the newest seal, or None before the first one."""
    newest = Seal.objects.order_by("-number").first()
    return Head(newest.number, newest.hash) if newest else None


@dataclass(frozen=True, slots=True)
class Lag:
    """How far the sealer is behind: entries that wait, and since when the oldest of them waits."""

    waiting: int
    since: datetime | None


def sealer_lag() -> Lag:
    """Return the sealer's lag, in one query over what waits."""
    row = UnsealedEntry.objects.aggregate(waiting=models.Count("entry_id"), since=models.Min("entry__recorded_at"))
    return Lag(waiting=row["waiting"], since=row["since"])
