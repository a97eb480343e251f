"""Log what we answered: the same rows as `log_exchange`, written by hand, because every answer of ours pays for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any

from django.db import connection

from goliard.apps.network.choices import Direction
from goliard.apps.network.models import Exchange
from goliard.apps.network.services.exchanges import KEPT, SWEEP_EVERY, masked

COLUMNS = ("direction", "endpoint", "hei_id", "key_id", "asked", "status", "message", "milliseconds", "at")
_logged = count(1)  # by this process


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
    """Add one row and, from time to time, drop the oldest beyond `KEPT`."""
    moment = connection.ops.adapt_datetimefield_value(now)
    asked = masked(parameters) if parameters else ""
    values: list[str | int | None] = [
        Direction.RECEIVED.value,
        endpoint[:60],
        hei_id[:120],
        key_id[:64],
        asked,
        status,
        message[:300],
        milliseconds,
        moment,
    ]
    statement, others = _insertion(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, *others])
    if next(_logged) % SWEEP_EVERY == 0:
        sweep_exchanges()


def sweep_exchanges() -> None:
    """Drop the oldest rows beyond `KEPT`."""
    newest = Exchange.objects.values_list("pk", flat=True).first() or 0
    Exchange.objects.filter(pk__lte=newest - KEPT).delete()


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
