"""`/healthz`: whether this installation can work, as JSON without personal data."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import goliard
from goliard.apps.journal.queries import sealer_lag
from goliard.portals.shared.doors import anyone, door

LATE_AFTER = 600  # seconds that an entry may wait for its seal before the sealer is called late


@door(anyone)
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 where the database is reachable and migrated, 503 where not; a late sealer is told, and stops no request."""
    try:
        pending = pending_migrations()
        report = {"status": "pending migrations", "migrations": pending} if pending else {"status": "ok", "migrations": 0}
        report["journal"] = None if pending else _journal()
    except DatabaseError:
        return JsonResponse({"status": "no database", "version": goliard.__version__}, status=503)
    return JsonResponse({**report, "version": goliard.__version__}, status=503 if pending else 200)


def pending_migrations() -> int:
    """Return how many migrations wait. They are read from disk once they were all applied: a process never gets new ones."""
    if getattr(pending_migrations, "none_left", False):
        connection.ensure_connection()
        return 0
    executor = MigrationExecutor(connection)
    pending = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    pending_migrations.none_left = pending == 0  # type: ignore[attr-defined]
    return pending


def _journal() -> dict[str, object]:
    lag = sealer_lag()
    seconds = int((timezone.now() - lag.since).total_seconds()) if lag.since else 0
    return {"unsealed": lag.waiting, "oldest_seconds": seconds, "late": seconds > LATE_AFTER}
