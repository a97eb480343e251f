"""Files are stored, deleted and swept."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import IO

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.sniffing import sniff
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.values.retention import RetentionClass

FOLDER = "stored"
CHUNK = 1024 * 1024
MEGABYTE = 1024 * 1024
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
TABLES = frozenset({"text/plain", SHEET, "application/zip"})


class FileRefused(ValueError):
    """The file is empty, too large, or of a type that its purpose does not take."""


@dataclass(frozen=True, slots=True)
class Limit:
    """What a purpose takes: media types, and bytes."""

    types: frozenset[str]
    size: int


LIMITS = {
    Purpose.IMAGE: Limit(PICTURES, 10 * MEGABYTE),
    Purpose.DOCUMENT: Limit(frozenset({"application/pdf"}), 25 * MEGABYTE),
    Purpose.EVIDENCE: Limit(PICTURES | {"application/pdf"}, 25 * MEGABYTE),
    Purpose.LETTER: Limit(frozenset({"application/pdf"}), 25 * MEGABYTE),
    Purpose.IMPORT: Limit(TABLES, 100 * MEGABYTE),
    Purpose.EXPORT: Limit(TABLES | {"application/pdf"}, 100 * MEGABYTE),
}


@transaction.atomic
def store_file(*, stream: IO[bytes], name: str, purpose: Purpose, retention: RetentionClass, actor: Actor, now: datetime) -> StoredFile:
    """Store the bytes of a seekable stream, then their row. Raises FileRefused.

    `name` is what the uploader called the file: only its last part is kept, to be shown. Where the caller's transaction fails later,
    the bytes stay behind until the sweep.
    """
    content_type = sniff(stream)
    digest, size = _measured(stream)
    _refuse(content_type, size, LIMITS[purpose])
    stored = StoredFile(
        name=_shown_name(name),
        storage_name=f"{FOLDER}/{now:%Y}/{uuid.uuid4().hex}",
        sha256=digest,
        size=size,
        content_type=content_type,
        purpose=purpose,
        retention_class=retention.value,
        stored_at=now,
    )
    stored.storage_name = default_storage.save(stored.storage_name, File(stream))
    stored.save()
    details = {"name": stored.name, "sha256": digest, "size": size, "type": content_type, "purpose": purpose.value}
    record(actor=actor, verb="store-file", subject=stored, now=now, details=details)
    return stored


@transaction.atomic
def delete_file(*, stored: StoredFile, actor: Actor, now: datetime, reason: str) -> None:
    """Delete a file: the row now, the bytes once that is committed. Raises ProtectedError where something still uses it."""
    record(actor=actor, verb="delete-file", subject=stored, now=now, reason=reason, details={"name": stored.name, "sha256": stored.sha256})
    storage_name = stored.storage_name
    stored.delete()
    transaction.on_commit(lambda: default_storage.delete(storage_name))


def sweep_orphans(*, actor: Actor, now: datetime, older_than: timedelta = timedelta(days=1)) -> list[str]:
    """Remove bytes that have no row and are older than `older_than` (younger ones may still get theirs); return their names."""
    known = set(StoredFile.objects.values_list("storage_name", flat=True))
    orphans = [name for name in _names_below(FOLDER) if name not in known and default_storage.get_modified_time(name) <= now - older_than]
    for name in orphans:
        default_storage.delete(name)
    if orphans:
        with transaction.atomic():
            record(actor=actor, verb="sweep-orphans", subject=("documents.storedfile", "orphans"), now=now, details={"names": orphans})
    return orphans


def _measured(stream: IO[bytes]) -> tuple[str, int]:
    hasher, size = hashlib.sha256(), 0
    while block := stream.read(CHUNK):
        hasher.update(block)
        size += len(block)
    stream.seek(0)
    return hasher.hexdigest(), size


def _refuse(content_type: str, size: int, limit: Limit) -> None:
    if size == 0:
        raise FileRefused(_("This file is empty."))
    if size > limit.size:
        raise FileRefused(_("This file is larger than %(megabytes)d MB.") % {"megabytes": limit.size // MEGABYTE})
    if content_type not in limit.types:
        raise FileRefused(_("A file of this type is not taken here."))


def _shown_name(name: str) -> str:
    last = PurePosixPath(name.replace("\\", "/")).name
    plain = "".join(character for character in last if character.isprintable()).strip()
    return plain[-200:] or "file"


def _names_below(folder: str) -> Iterator[str]:
    if not default_storage.exists(folder):
        return
    folders, names = default_storage.listdir(folder)
    yield from (f"{folder}/{name}" for name in sorted(names))
    for inner in sorted(folders):
        yield from _names_below(f"{folder}/{inner}")
