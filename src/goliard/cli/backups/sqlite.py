"""SQLite's own copy: consistent while others write, and put back in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections

from goliard.cli.backups import BackupRefused

STAGED = "restore"


def copy_to(path: Path) -> None:
    """Copy the live database to `path`, as one file without a log beside it."""
    with closing(sqlite3.connect(path)) as copy:
        _live().backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def put_back(path: Path) -> None:
    """Replace the live database by the one at `path`. Other processes see the old one or the new one."""
    with closing(sqlite3.connect(path)) as copy:
        copy.backup(_live())


def refuse_broken(path: Path) -> None:
    """Raise BackupRefused where SQLite finds fault with the file."""
    try:
        with closing(sqlite3.connect(path)) as copy:
            answer = copy.execute("PRAGMA integrity_check").fetchone()[0]
            dangling = copy.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise BackupRefused(f"The database in the backup cannot be read: {error}") from error
    if answer != "ok" or dangling:
        raise BackupRefused("The database in the backup is damaged.")


@contextmanager
def staged(path: Path) -> Iterator[str]:
    """Open the database file at `path` under an alias of its own, for as long as it is prepared."""
    connections.databases[STAGED] = {**connections.databases[DEFAULT_DB_ALIAS], "NAME": str(path), "OPTIONS": {}}
    try:
        yield STAGED
    finally:
        connections[STAGED].close()
        del connections[STAGED]
        del connections.databases[STAGED]


def _live() -> sqlite3.Connection:
    connection = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    live: sqlite3.Connection = connection.connection
    return live
