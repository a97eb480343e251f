"""Documents of an application: stored, replaced, taken away; and those that the office asks for after all."""

from __future__ import annotations

import os
from datetime import datetime
from typing import IO

from django.db import transaction

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.letters import ASKED
from goliard.apps.applications.models import Application, ApplicationDocument, DocumentRequest, SubmittedDocument
from goliard.apps.applications.services.letters import send_letter
from goliard.apps.applications.services.locking import NO_DRAFT, locked, locked_open
from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.services import delete_file, store_file
from goliard.apps.documents.sniffing import sniff
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.rounds.models import DocumentRequirement
from goliard.rules.access.actor import Actor
from goliard.rules.applications.lateness import told_moment, too_late
from goliard.rules.values.retention import RetentionClass
from goliard.rules.values.texts import Reason, Text

MEDIA_TYPES = {"pdf": "application/pdf", "jpeg": "image/jpeg", "png": "image/png"}
MEGABYTE = 1_000_000  # as people and their computers count a file
ASKED_TYPES, ASKED_MEGABYTES = ("pdf", "jpeg", "png"), 10


@transaction.atomic
def add_document(
    *, application: Application, requirement: DocumentRequirement, stream: IO[bytes], name: str, actor: Actor, now: datetime
) -> ApplicationDocument:
    """Store a file for what the round asks for, in the place of an earlier one. What was handed in before keeps its own file.

    Raises Refused for what is late, empty, too large or of another type than the round takes (read from the bytes, not from the name).
    """
    row = locked_open(application, now, "round")
    if requirement.round_id != row.round_id:
        raise Refused([_wrong("Dit document vraagt deze ronde niet.", "This round does not ask for this document.")])
    refuse_unfit(stream, requirement.type_list, requirement.megabytes)
    stored = _store(stream, name, actor, now)
    there = row.documents.filter(requirement=requirement).select_related("file").first()
    if there is None:
        there = ApplicationDocument.objects.create(application=row, requirement=requirement, file=stored)
    else:
        old, there.file = there.file, stored
        there.save(update_fields=["file"])
        _drop(old, actor, now, "replaced by the applicant")
    _touched(row, now)
    return there


@transaction.atomic
def remove_document(*, application: Application, requirement: DocumentRequirement, actor: Actor, now: datetime) -> None:
    """Take a file away from the draft; one that was handed in stays with its submission. Raises Refused for what is late."""
    row = locked_open(application, now, "round")
    there = row.documents.filter(requirement=requirement).select_related("file").first()
    if there is not None:
        there.delete()
        _drop(there.file, actor, now, "taken away by the applicant")
        _touched(row, now)


@transaction.atomic
def request_document(*, application: Application, what: str, until: datetime, actor: Actor, now: datetime) -> DocumentRequest:
    """Ask an applicant for a document, with a letter. Raises Refused without words, or for a moment that has passed."""
    row = locked(application)
    reasons = []
    if not what.strip():
        reasons.append(_wrong("Schrijf wat er ontbreekt.", "Write what is missing."))
    if until <= now:
        reasons.append(_wrong("Dit moment is al voorbij.", "This moment has passed."))
    if row.state == ApplicationState.WITHDRAWN:
        reasons.append(NO_DRAFT)
    if reasons:
        raise Refused(reasons)
    asked = DocumentRequest.objects.create(application=row, what=what.strip()[:500], until=until, asked_at=now)
    record(actor=actor, verb="request-document", subject=row, now=now, details={"what": asked.what, "until": until})
    values = {"what": asked.what, "until": told_moment(until, row.round.zone)[:16]}
    send_letter(letter=ASKED, application=row, values=values, now=now, once=str(asked.pk))
    return asked


@transaction.atomic
def answer_request(*, asked: DocumentRequest, stream: IO[bytes], name: str, actor: Actor, now: datetime) -> DocumentRequest:
    """Add the file that the office asked for; it stands beside what was handed in. Raises Refused for what is late or unfit."""
    row = DocumentRequest.objects.select_for_update(of=("self",)).select_related("application__round", "file").get(pk=asked.pk)
    if late := too_late(arrived=now, last_moment=row.until, zone=row.application.round.zone):
        raise Refused([late])
    refuse_unfit(stream, ASKED_TYPES, ASKED_MEGABYTES)
    old, row.file, row.answered_at = row.file, _store(stream, name, actor, now), now
    row.save(update_fields=["file", "answered_at"])
    if old is not None:
        _drop(old, actor, now, "replaced by the applicant")
    record(actor=actor, verb="answer-request", subject=row.application, now=now, details={"sha256": row.file.sha256})
    return row


def refuse_unfit(stream: IO[bytes], types: tuple[str, ...], megabytes: int) -> None:
    """Raise Refused where the bytes are none of the types, nothing, or too many. The stream is left at its start."""
    size = stream.seek(0, os.SEEK_END)
    kind = sniff(stream)
    if size == 0:
        raise Refused([_wrong("Dit bestand is leeg.", "This file is empty.")])
    if size > megabytes * MEGABYTE:
        raise Refused([_wrong(f"Dit bestand is groter dan {megabytes} MB.", f"This file is larger than {megabytes} MB.")])
    if kind not in {MEDIA_TYPES[each] for each in types if each in MEDIA_TYPES}:
        listed = ", ".join(each.upper() for each in types)
        nl, en = (
            f"Dit bestand is geen {listed} (het telt wat erin staat, niet hoe het heet).",
            f"This file is no {listed} (its content counts, not its name).",
        )
        raise Refused([_wrong(nl, en)])


def _store(stream: IO[bytes], name: str, actor: Actor, now: datetime) -> StoredFile:
    return store_file(stream=stream, name=name, purpose=Purpose.EVIDENCE, retention=RetentionClass.APPLICATION, actor=actor, now=now)


def _drop(file: StoredFile, actor: Actor, now: datetime, reason: str) -> None:
    if not SubmittedDocument.objects.filter(file=file).exists():
        delete_file(stored=file, actor=actor, now=now, reason=reason)


def _touched(row: Application, now: datetime) -> None:
    row.saved_at = now
    row.save(update_fields=["saved_at"])


def _wrong(nl: str, en: str) -> Reason:
    return Reason("application.documents", Text(nl, en), field="documents")
