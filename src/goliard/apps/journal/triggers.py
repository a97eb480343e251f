"""Triggers that make the database itself refuse to change what the journal holds.

They stop accidents (a stray `UPDATE`, a bulk delete past the model). Whoever may drop triggers is found by verify, not stopped here.
Entries that no seal holds yet can be removed: they are what a test's flush or a restore empties, and verify reports them as unsealed.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

NEVER_UPDATED = ("journal_journalentry", "journal_seal", "journal_sealedentry")
NEVER_DELETED = {  # table -> the condition under which a delete is refused
    "journal_journalentry": "EXISTS (SELECT 1 FROM journal_sealedentry WHERE entry_id = OLD.id)",
    "journal_seal": "1 = 1",
    "journal_sealedentry": "1 = 1",
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers on SQLite or PostgreSQL."""
    _execute(connection, _sqlite() if connection.vendor == "sqlite" else _postgresql())


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers again (the migration's way back, and tests that tamper)."""
    names = [(f"{table}_no_update", table) for table in NEVER_UPDATED] + [(f"{table}_no_delete", table) for table in NEVER_DELETED]
    if connection.vendor == "sqlite":
        _execute(connection, [f"DROP TRIGGER IF EXISTS {name}" for name, _ in names])
    else:
        names.append(("journal_no_truncate", "journal_journalentry"))
        _execute(connection, [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in names])


def _execute(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _sqlite() -> list[str]:
    refuse = "BEGIN SELECT RAISE(ABORT, 'the journal is immutable'); END"
    return [
        *(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}" for table in NEVER_UPDATED),
        *(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN {condition} {refuse}"
            for table, condition in NEVER_DELETED.items()
        ),
    ]


def _postgresql() -> list[str]:
    functions = {
        "journal_refuse": f"{_RAISE};",
        "journal_refuse_sealed": f"IF {NEVER_DELETED['journal_journalentry']} THEN {_RAISE}; END IF; RETURN OLD;",
        "journal_refuse_truncate": f"IF EXISTS (TABLE journal_sealedentry) THEN {_RAISE}; END IF; RETURN NULL;",
    }
    deletes = {table: "journal_refuse" if condition == "1 = 1" else "journal_refuse_sealed" for table, condition in NEVER_DELETED.items()}
    return [
        *(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
            for name, body in functions.items()
        ),
        "CREATE TRIGGER journal_no_truncate BEFORE TRUNCATE ON journal_journalentry EXECUTE FUNCTION journal_refuse_truncate()",
        *(_row_trigger(table, "UPDATE", "journal_refuse") for table in NEVER_UPDATED),
        *(_row_trigger(table, "DELETE", function) for table, function in deletes.items()),
    ]


_RAISE = "RAISE EXCEPTION 'the journal is immutable'"


def _row_trigger(table: str, event: str, function: str) -> str:
    return f"CREATE TRIGGER {table}_no_{event.lower()} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
