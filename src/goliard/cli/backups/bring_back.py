"""One restore: everything is checked and prepared first, then put in place, all or nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from goliard.cli.backups import BackupRefused, files, sqlite, tables
from goliard.cli.backups.archive import FILES, Unpacked, unpack


def restore_backup(source: Path, *, force: bool = False) -> Unpacked:
    """Put the backup at `source` in place of what this installation holds.

    Raises BackupRefused, and changes nothing: for a backup that is damaged, foreign or made by a newer version; for a database that holds
    something, unless `force`; for a stored file with other bytes, unless `force`.
    """
    if not force and not tables.is_empty():
        raise BackupRefused("This database is not empty. Add --force to replace everything in it.")
    _data_folder().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=_data_folder(), prefix=".restore-") as folder:
        backup = unpack(source, Path(folder))
        _refuse_versions(backup)
        if connection.vendor == "sqlite":
            _into_sqlite(backup, Path(folder), force=force)
        else:
            _into_postgresql(backup, force=force)
    return backup


def _data_folder() -> Path:
    folder: Path = settings.DATA
    return folder


def _refuse_versions(backup: Unpacked) -> None:
    made_with = {(app, name) for app, name in backup.manifest["migrations"]}
    known = tables.known_migrations()
    if newer := sorted(made_with - known):
        raise BackupRefused(f"This backup was made by a newer version of Goliard ({newer[0][0]} {newer[0][1]}).")
    if backup.database == "database.jsonl" and made_with != known:
        raise BackupRefused("Rows can be restored by the version that wrote them only: restore there, then upgrade.")
    if backup.database == "database.sqlite3" and connection.vendor != "sqlite":
        raise BackupRefused("This is a copy of an SQLite database. `goliard backup --portable` writes rows that PostgreSQL reads.")


def _into_sqlite(backup: Unpacked, folder: Path, *, force: bool) -> None:
    """Prepare a database file beside the live one, then replace the live one in one step."""
    prepared = backup.paths[backup.database]
    if backup.database == "database.jsonl":
        prepared = folder / "prepared.sqlite3"
    with sqlite.staged(prepared) as alias:
        if backup.database == "database.sqlite3":
            sqlite.refuse_broken(prepared)
            _refuse_files(backup, alias)
        call_command("migrate", database=alias, verbosity=0, interactive=False)
        if backup.database == "database.jsonl":
            with transaction.atomic(using=alias):
                tables.load(backup.paths[backup.database], using=alias)
                _refuse_files(backup, alias)
    with _files_in_place(backup, force=force):
        sqlite.put_back(prepared)


def _into_postgresql(backup: Unpacked, *, force: bool) -> None:
    """Make the tables anew and fill them, in one transaction."""
    with ExitStack() as placed, transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a data migration leaves no event that stops the next one
            if present := connection.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {', '.join(connection.ops.quote_name(table) for table in present)} CASCADE")
        call_command("migrate", verbosity=0, interactive=False)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        tables.load(backup.paths[backup.database], using="default")
        _refuse_files(backup, "default")
        placed.enter_context(_files_in_place(backup, force=force))


def _refuse_files(backup: Unpacked, alias: str) -> None:
    in_archive = {name.removeprefix(FILES): entry["sha256"] for name, entry in backup.entries.items() if name.startswith(FILES)}
    files.refuse_foreign(in_archive, backup.manifest["missing_files"], using=alias)


@contextmanager
def _files_in_place(backup: Unpacked, *, force: bool) -> Iterator[None]:
    """Put the files in place for what happens inside; take them out again where that fails."""
    placed = files.Placed()
    try:
        for name, path in backup.files.items():
            placed.put(name, path, backup.entries[FILES + name]["sha256"], force=force)
        yield
    except BaseException:
        placed.take_out()
        raise
