"""One backup: the database first, then the files that it knows, then the manifest."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.utils import timezone

import goliard
from goliard.cli.backups import BackupRefused, files, sqlite, tables
from goliard.cli.backups.archive import writing


@dataclass(frozen=True, slots=True)
class Made:
    """What a backup holds."""

    files: int
    size: int
    missing: list[str]


def make_backup(target: Path, *, portable: bool = False) -> Made:
    """Write a backup to `target` (mode 600), complete or not at all. `portable` writes rows that either database can read.

    Bytes are stored before their row commits and removed after it, so every file of the database's picture is there; one that
    was lost all the same is named in the manifest and in `missing`.
    """
    if not target.parent.is_dir():
        raise BackupRefused(f"There is no folder {target.parent}.")
    migrations = tables.applied_migrations()
    as_rows = portable or connection.vendor != "sqlite"
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder, writing(target) as writer:
        copy = Path(folder) / ("database.jsonl" if as_rows else "database.sqlite3")
        known = _rows(copy) if as_rows else _file(copy)
        with copy.open("rb") as stream:
            writer.add(copy.name, stream, copy.stat().st_size)
        missing = files.add_all(writer, known)
        count = len(writer.entries) - 1
        writer.add_manifest(
            {
                "goliard": goliard.__version__,
                "made_at": timezone.now().isoformat(),
                "engine": connection.vendor,
                "migrations": migrations,
                "missing_files": missing,
            }
        )
    return Made(files=count, size=target.stat().st_size, missing=missing)


def _rows(copy: Path) -> dict[str, str]:
    with tables.one_moment():
        tables.dump(copy)
        return files.expected(using="default")


def _file(copy: Path) -> dict[str, str]:
    sqlite.copy_to(copy)
    with sqlite.staged(copy) as alias:
        return files.expected(using=alias)
