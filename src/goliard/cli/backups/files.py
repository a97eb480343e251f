"""Stored files, from and to Django's storage."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage

from goliard.apps.documents.models import StoredFile
from goliard.cli.backups import BackupRefused
from goliard.cli.backups.archive import CHUNK, FILES, Writer


def expected(*, using: str) -> dict[str, str]:
    """Return storage name -> SHA-256 of every file that the database knows."""
    return dict(StoredFile.objects.using(using).order_by("storage_name").values_list("storage_name", "sha256"))


def add_all(writer: Writer, known: dict[str, str]) -> list[str]:
    """Add every known file; return the names of those that are missing or are not what the database says."""
    missing = []
    for name, digest in known.items():
        if not default_storage.exists(name):
            missing.append(name)
            continue
        with default_storage.open(name) as stream:
            if writer.add(FILES + name, stream, default_storage.size(name)) != digest:
                missing.append(name)
    return missing


def refuse_foreign(in_archive: dict[str, str], missing: list[str], *, using: str) -> None:
    """Raise BackupRefused unless the archive holds the files that its database knows, all of them and no other."""
    known = expected(using=using)
    if foreign := sorted(set(in_archive) - set(known)):
        raise BackupRefused(f"The database of the backup does not know these files: {', '.join(foreign[:5])}")
    wrong = sorted(name for name, digest in known.items() if in_archive.get(name) != digest and name not in missing)
    if wrong:
        raise BackupRefused(f"These files are not in the backup as its database says: {', '.join(wrong[:5])}")


class Placed:
    """Files put in the storage, to be taken out again where the restore fails later."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def put(self, name: str, path: Path, digest: str, *, force: bool) -> None:
        """Put one file in place. What stands there with the same bytes stays; other bytes are replaced only by force."""
        if default_storage.exists(name):
            if _digest(name) == digest:
                return
            if not force:
                raise BackupRefused(f"Another file stands at {name}.")
            default_storage.delete(name)
        with path.open("rb") as stream:
            given = default_storage.save(name, File(stream))
        self.names.append(given)
        if given != name:
            raise BackupRefused(f"The storage gave {name} another name.")

    def take_out(self) -> None:
        """Remove what was put in place."""
        for name in self.names:
            default_storage.delete(name)


def _digest(name: str) -> str:
    hasher = hashlib.sha256()
    with default_storage.open(name) as stream:
        while block := stream.read(CHUNK):
            hasher.update(block)
    return hasher.hexdigest()
