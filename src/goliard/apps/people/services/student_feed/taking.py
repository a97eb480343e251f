"""Take a feed in: all of it or nothing, and the same feed twice changes nothing."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goliard.apps.journal.services import record
from goliard.apps.people.models import (
    Appointment,
    Citizenship,
    Enrolment,
    LanguageResult,
    Person,
    PersonEmail,
    PersonIdentifier,
    PersonName,
)
from goliard.apps.people.services.student_feed.faults import FeedRefused
from goliard.apps.people.services.student_feed.feeds import STAFF, STUDENTS, Feed
from goliard.apps.people.services.student_feed.known import known_of
from goliard.apps.people.services.student_feed.planning import Effect, FeedPlan, RowEffect, of_kind, plan_feed
from goliard.apps.people.services.student_feed.reading import FeedRow
from goliard.rules.access.actor import Actor

BATCH = 500
PARTS = (PersonName, PersonIdentifier, PersonEmail, Citizenship, Enrolment, Appointment, LanguageResult)
NEVER_CHANGED = {"id", "public_id", "person", "programme", "code", "language", "told_by", "country", "created_at"}


@dataclass(frozen=True, slots=True)
class FeedReport:
    """What a feed did (or, in a dry run, would do): how many rows had which effect, and each row's."""

    rows: int
    new: int
    changed: int
    unchanged: int
    older: int
    effects: tuple[RowEffect, ...]


@transaction.atomic
def take_student_feed(*, rows: Sequence[FeedRow], actor: Actor, now: datetime, dry_run: bool = False) -> FeedReport:
    """Bring students, enrolments, results and languages in step with `rows`; in a dry run only say what that would do.

    A student is known by student number, else by ESI. A row that speaks for an earlier day than what is known is left aside; who is in no
    row stays as they are, and nothing is ever deleted. Raises FeedRefused with every fault, and then nothing is written.
    """
    return _take(rows, STUDENTS, actor, now, dry_run=dry_run)


@transaction.atomic
def take_staff_feed(*, rows: Sequence[FeedRow], actor: Actor, now: datetime, dry_run: bool = False) -> FeedReport:
    """Bring staff, appointments and languages in step with `rows` of the feed `STAFF`; the same promises as `take_student_feed`.

    A person is known by staff number, else by the e-mail address of somebody without one.
    """
    return _take(rows, STAFF, actor, now, dry_run=dry_run)


def _take(rows: Sequence[FeedRow], feed: Feed, actor: Actor, now: datetime, *, dry_run: bool) -> FeedReport:
    plan = plan_feed(rows, known_of(rows, feed))
    if plan.faults:
        raise FeedRefused(plan.faults)
    counts = Counter(effect.effect for effect in plan.effects)
    report = FeedReport(
        len(rows), counts[Effect.NEW], counts[Effect.CHANGED], counts[Effect.UNCHANGED], counts[Effect.OLDER], tuple(plan.effects)
    )
    if not dry_run:
        _write(plan)
        details = {
            "rows": report.rows, "new": report.new, "changed": report.changed, "unchanged": report.unchanged, "older": report.older,
            "sha256": _digest(rows),
        }  # fmt: skip
        record(actor=actor, verb=feed.verb, subject=feed.subject, now=now, details=details)
    return report


def _write(plan: FeedPlan) -> None:
    Person.objects.bulk_create(plan.new_persons, batch_size=BATCH)
    Person.objects.bulk_update(plan.changed_persons, ["given_name", "family_name", "native_name", "search_key"], batch_size=BATCH)
    for kind in PARTS:
        if added := of_kind(plan.added, kind):
            kind._default_manager.bulk_create(added, batch_size=BATCH)
        if changed := of_kind(plan.changed, kind):
            fields = [field.name for field in kind._meta.concrete_fields if field.name not in NEVER_CHANGED]
            kind._default_manager.bulk_update(changed, fields, batch_size=BATCH)


def _digest(rows: Sequence[FeedRow]) -> str:
    """What was taken in, as one hash: the journal shows whether two feeds were the same without keeping either."""
    told = "\n".join(repr(sorted((key, _plain(value)) for key, value in row.said.items())) for row in rows)
    return hashlib.sha256(told.encode()).hexdigest()


def _plain(value: object) -> str:
    return " ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
