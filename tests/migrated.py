"""The tables that the tests start with: made by the migrations once, copied by whoever needs tables and does not test how they are made.

Running all migrations takes some ten seconds of a processor, and a run of the suite is several processes. On SQLite the copy is a file,
named after the contents of every source file and the versions of what brings migrations along, so that it is never older than the code.
On PostgreSQL it is a database that lives as long as the server of the run.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from importlib.metadata import version
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / ".pytest_cache" / "migrated"
ON_POSTGRESQL = "migrated"
MEMORY = "file:memorydb_default?mode=memory&cache=shared"  # what Django calls the database of the tests


class Migrated:
    """Fills the database in memory before Django opens it; while one process makes the tables, others wait for it."""

    def __init__(self) -> None:
        self.file = KEPT / f"{fingerprint()}.sqlite3"
        self._open = ExitStack()
        self._is_new = False

    def __enter__(self) -> Migrated:
        if connection.vendor != "sqlite" or not _writable():
            return self
        self._open.enter_context(_locked())
        if self.file.exists():
            filled = self._open.enter_context(closing(sqlite3.connect(MEMORY, uri=True)))
            _copy(self.file, filled)
        else:
            self._is_new = True
        return self

    def keep(self) -> None:
        """Keep what the migrations have just made, and let the others go on."""
        if self._is_new and connection.settings_dict["NAME"] == MEMORY:
            for old in KEPT.glob("*.sqlite3"):
                old.unlink()
            draft = self.file.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            connection.ensure_connection()
            with closing(sqlite3.connect(draft)) as kept:
                connection.connection.backup(kept)
            draft.replace(self.file)
        self._open.close()
        if connection.vendor == "postgresql":
            tested = connection.settings_dict["NAME"]
            connection.close()  # a database that somebody uses is no template
            with connection._nodb_cursor() as cursor:
                cursor.execute(f"CREATE DATABASE {ON_POSTGRESQL} TEMPLATE {connection.ops.quote_name(tested)}")

    def __exit__(self, *_: object) -> None:
        self._open.close()


def kept_file() -> Path | None:
    """The file of tables for SQLite, where there is one."""
    file = KEPT / f"{fingerprint()}.sqlite3"
    return file if file.exists() else None


def fingerprint() -> str:
    """A name for the tables that these sources make."""
    seen = hashlib.sha256()
    for package in ("django", "django-allauth"):
        seen.update(f"{package} {version(package)}\n".encode())
    for path in sorted((ROOT / "src" / "goliard").rglob("*.py")):
        seen.update(f"{path.relative_to(ROOT)}\n".encode() + path.read_bytes())
    return seen.hexdigest()[:16]


def _copy(file: Path, into: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(file)) as kept:
        kept.backup(into)


@contextmanager
def _locked() -> Iterator[None]:
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _writable() -> bool:
    try:
        KEPT.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(KEPT, os.W_OK)
