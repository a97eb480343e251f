"""The database as lines of JSON: one consistent picture, readable by either database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, connections, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from goliard.cli.backups import BackupRefused

MADE_BY_MIGRATE = {"contenttypes.contenttype", "auth.permission"}  # an empty installation has rows of these


class Exact(DjangoJSONEncoder):
    """Django's own encoder cuts moments to milliseconds, and the journal's chain would notice."""

    def default(self, o: Any) -> Any:
        """Return moments with all their decimals."""
        return o.isoformat() if isinstance(o, dt.datetime | dt.time) else super().default(o)


def stored_models() -> list[type[models.Model]]:
    """Return every model with a table of its own."""
    return [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]


@contextmanager
def one_moment() -> Iterator[None]:
    """Whatever is read inside is what the database held at one moment, whoever writes meanwhile."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def dump(path: Path) -> None:
    """Write every row of every table to `path`."""
    with path.open("w", encoding="utf-8") as stream:
        for model in stored_models():
            rows = model._base_manager.order_by("pk")
            serializers.serialize("jsonl", rows.iterator(chunk_size=2000), stream=stream, cls=Exact)


def load(path: Path, *, using: str) -> None:
    """Insert every row of `path` into fresh tables, in the caller's transaction. Raises BackupRefused for rows that do not fit."""
    target = connections[using]
    for label in sorted(MADE_BY_MIGRATE):
        apps.get_model(label)._base_manager.using(using).all().delete()
    try:
        with path.open(encoding="utf-8") as stream:
            for row in serializers.deserialize("jsonl", stream, using=using):
                row.save(using=using, force_insert=True)
        target.check_constraints()
    except (DeserializationError, DatabaseError, ValueError) as error:
        raise BackupRefused(f"The rows of the backup do not fit: {error}") from error
    with target.cursor() as cursor:
        for statement in target.ops.sequence_reset_sql(no_style(), stored_models()):
            cursor.execute(statement)
    ContentType.objects.clear_cache()


def applied_migrations(*, using: str = "default") -> list[tuple[str, str]]:
    """Return the migrations that the database has, sorted."""
    return sorted(MigrationRecorder(connections[using]).applied_migrations())


def known_migrations() -> set[tuple[str, str]]:
    """Return the migrations that this version of Goliard knows."""
    return set(MigrationExecutor(connections["default"]).loader.graph.nodes)


def is_empty(*, using: str = "default") -> bool:
    """Whether nothing would be lost: no tables, or no rows but those that migrating makes."""
    present = set(connections[using].introspection.table_names())
    return not any(
        model._base_manager.using(using).exists()
        for model in stored_models()
        if model._meta.db_table in present and model._meta.label_lower not in MADE_BY_MIGRATE
    )
