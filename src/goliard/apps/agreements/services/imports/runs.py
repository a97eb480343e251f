"""Imports in the background: asked for, claimed by a worker, followed while they run, done exactly once.

A worker reads and plans outside any transaction and says how far it is; then one transaction writes the agreements, the journal entry and
that the run is done. A worker that dies before that leaves nothing behind, and after a while another one takes the run.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import localdate

from goliard.apps.agreements.choices import ImportMode, ImportState
from goliard.apps.agreements.models import ImportRun
from goliard.apps.agreements.services.imports.columns import KNOWN, Mapped
from goliard.apps.agreements.services.imports.importing import import_agreements
from goliard.apps.agreements.services.imports.plan import plan_import
from goliard.apps.agreements.services.imports.sheets import SheetRefused, read_sheet
from goliard.apps.documents.models import StoredFile
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Text

Clock = Callable[[], datetime]
LOST_AFTER = timedelta(minutes=5)
MOST_ATTEMPTS = 3
STEPS = 50  # how often the progress of one run is written
_GIVEN_UP = Text(
    "De invoer is drie keer afgebroken; meld dit aan wie Goliard beheert.",
    "The import broke off three times; tell whoever runs Goliard.",
)


class Superseded(Exception):
    """Another worker has taken the run; whatever this one found is dropped."""


@transaction.atomic
def ask_import(*, stored: StoredFile, mapped: Mapped, mode: ImportMode, rows: int, actor: Actor, now: datetime) -> ImportRun:
    """Queue an import; the same file that waits or runs already is not queued twice."""
    StoredFile.objects.select_for_update().get(pk=stored.pk)
    busy = ImportRun.objects.filter(file=stored).exclude(state__in=[ImportState.DONE, ImportState.REFUSED]).first()
    if busy is not None:
        return busy
    run = ImportRun.objects.create(file=stored, mapped=dict(mapped), mode=mode, rows=rows, asked_by=actor.id, asked_at=now)
    record(actor=actor, verb="ask-import", subject=run, now=now, details={"file": stored.sha256, "mode": mode, "rows": rows})
    return run


def run_imports(*, worker: str, clock: Clock) -> int:
    """Run every import that waits, one after the other; return how many came to an end."""
    done = 0
    while (run := claim_import(worker=worker, now=clock())) is not None:
        try:
            run_import(run, clock)
            done += 1
        except Superseded:
            continue
    return done


@transaction.atomic
def claim_import(*, worker: str, now: datetime) -> ImportRun | None:
    """Take the import that has waited longest, or one whose worker has not been heard of for a while; None when there is none."""
    lost = Q(state__in=[ImportState.READING, ImportState.WRITING], beat_at__lt=now - LOST_AFTER)
    due = ImportRun.objects.filter(Q(state=ImportState.WAITING) | lost).order_by("asked_at", "pk")
    locked = due.select_for_update(skip_locked=True) if connection.features.has_select_for_update_skip_locked else due
    run = locked.first()
    if run is None:
        return None
    if run.attempts >= MOST_ATTEMPTS:
        _refuse(run, [_GIVEN_UP], now)
        return claim_import(worker=worker, now=now)
    run.state, run.claimed_by, run.beat_at, run.rows_read = ImportState.READING, worker, now, 0
    run.attempts += 1
    run.save(update_fields=["state", "claimed_by", "beat_at", "rows_read", "attempts"])
    return run


def run_import(run: ImportRun, clock: Clock) -> None:
    """Read, plan and write a claimed import. Raises Superseded where another worker has it by now."""
    try:
        with default_storage.open(run.file.storage_name, "rb") as stream:
            sheet = read_sheet(stream.read(), KNOWN)
    except SheetRefused as refused:
        _refuse(run, [refused.because], clock())
        return
    every = max(1, len(sheet.rows) // STEPS)
    told = lambda rows: _beat(run, clock(), rows_read=rows) if rows % every == 0 else None  # noqa: E731 -- one expression
    plan = plan_import(sheet, run.mapped, today=localdate(clock()), told=told) if run.mapped else None
    _beat(run, clock(), rows_read=len(sheet.rows), state=ImportState.WRITING)
    try:
        with transaction.atomic():
            now = clock()
            done = import_agreements(
                stored=run.file,
                sheet=sheet,
                mapped=run.mapped,
                mode=ImportMode(run.mode),
                actor=Actor(run.asked_by),
                now=now,
                today=localdate(now),
                plan=plan,
            )
            counted = {"agreements": len(done.agreements), "rows_imported": done.good_rows, "faults": len(done.faults)}
            _beat(run, now, state=ImportState.DONE, ended_at=now, **counted)
    except Refused as refused:
        _refuse(run, [reason.because for reason in refused.reasons], clock())


def _beat(run: ImportRun, now: datetime, **told: object) -> None:
    """Say that the worker lives, and how far it is. Raises Superseded where the run is no longer this worker's."""
    mine = ImportRun.objects.filter(pk=run.pk, claimed_by=run.claimed_by, attempts=run.attempts)
    if not mine.exclude(state__in=[ImportState.DONE, ImportState.REFUSED]).update(beat_at=now, **told):
        raise Superseded


def _refuse(run: ImportRun, reasons: list[Text], now: datetime) -> None:
    _beat(run, now, state=ImportState.REFUSED, ended_at=now, reasons=[[each.nl, each.en] for each in reasons])
