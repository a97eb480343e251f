"""Log what we answered: the same rows as `log_exchange`, written by hand and many at once, because every answer of ours pays for them.

`docs/decisions/0012-the-log-of-answers-waits-a-second.md` says what a crash may lose by that, and what not.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DatabaseError, connection, connections, transaction

from goliard.apps.network.choices import Direction
from goliard.apps.network.models import Exchange
from goliard.apps.network.services import exchanges
from goliard.apps.network.services.exchanges import masked

logger = logging.getLogger(__name__)

LONGEST = 1.0  # seconds that a row waits
TOGETHER = 200  # rows
REFUSED = 400
COLUMNS = ("at", "direction", "endpoint", "hei_id", "key_id", "asked", "status", "message", "milliseconds")

Row = tuple[datetime, *tuple[str | int, ...]]  # the values of `COLUMNS`


def later(work: Callable[[], None]) -> None:
    """Do something in `LONGEST` seconds. The thread is no daemon, as those of a server are: a process that ends in order waits for it."""
    timer = threading.Timer(LONGEST, work)
    timer.daemon = False
    timer.start()


class AnswerLog:
    """Rows of one process that wait to be written: at most `together` of them, and only until `later` comes."""

    def __init__(self, *, together: int = TOGETHER, later: Callable[[Callable[[], None]], None] = later) -> None:
        self._together, self._later = together, later
        self._lock = threading.Lock()
        self._rows: list[Row] = []
        self._unswept = 0

    def add(self, row: Row, *, at_once: bool) -> None:
        """Take a row; `at_once` writes it and everything that waits before it."""
        with self._lock:
            self._rows.append(row)
            number = len(self._rows)
        if at_once or number >= self._together:
            self.write()
        elif number == 1:
            self._later(self._write_late)

    def write(self) -> None:
        """Write what waits. A log that cannot be written stops nobody's answer: the rows are lost, and the server's log says so."""
        with self._lock:
            rows, self._rows = self._rows, []
            self._unswept += len(rows)
            is_much = self._unswept >= exchanges.SWEEP_EVERY
            self._unswept = 0 if is_much else self._unswept
        try:
            _insert(rows)
            if is_much:
                _sweep()
        except DatabaseError:
            logger.exception("%s rows of the log of exchanges could not be written", len(rows))

    def _write_late(self) -> None:
        try:
            self.write()
        finally:
            connections.close_all()  # those of this thread


_answers = AnswerLog()


def log_answer(
    *,
    endpoint: str,
    status: int,
    milliseconds: int,
    now: datetime,
    hei_id: str,
    key_id: str,
    parameters: Mapping[str, Sequence[str]] | None,
    message: str,
) -> None:
    """Add one row and, from time to time, drop the oldest beyond `KEPT`.

    A good answer is written within a second, a refusal at once. Within a transaction every row is written at once, and holds if that does.
    """
    asked = masked(parameters) if parameters else ""
    sender = hei_id[:120], key_id[:64]
    row = (now, Direction.RECEIVED.value, endpoint[:60], *sender, asked, status, message[:300], milliseconds)
    _answers.add(row, at_once=status >= REFUSED or connection.in_atomic_block)


@transaction.atomic
def _insert(rows: Sequence[Row]) -> None:
    statement, defaults = _insertion(connection.vendor)
    adapted = [(connection.ops.adapt_datetimefield_value(at), *told, *defaults) for at, *told in rows]
    with connection.cursor() as cursor:
        cursor.executemany(statement, adapted)


def _sweep() -> None:
    newest = Exchange.objects.values_list("pk", flat=True).first() or 0
    Exchange.objects.filter(pk__lte=newest - exchanges.KEPT).delete()


@cache
def _insertion(_vendor: str) -> tuple[str, list[Any]]:
    """The statement, with every other column at its default, and those defaults."""
    meta = Exchange._meta
    others = [field for field in meta.concrete_fields if field.attname not in COLUMNS and not field.primary_key]
    names = ", ".join(connection.ops.quote_name(name) for name in (*COLUMNS, *(str(field.column) for field in others)))
    places = ", ".join(["%s"] * (len(COLUMNS) + len(others)))
    table = connection.ops.quote_name(meta.db_table)
    defaults = [field.get_db_prep_save(field.get_default(), connection) for field in others]
    return f"INSERT INTO {table} ({names}) VALUES ({places})", defaults  # noqa: S608 -- names of our table
