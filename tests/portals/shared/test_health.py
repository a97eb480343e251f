"""What `/healthz` tells a load balancer, and what it does not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

import goliard
from goliard.apps.journal.sealing import seal
from goliard.apps.journal.services import record
from goliard.portals.shared.health import pending_migrations
from goliard.rules.access.actor import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _asked_anew():
    pending_migrations.none_left = False
    yield
    pending_migrations.none_left = False


def test_a_healthy_house(client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "status": "ok",
            "migrations": 0,
            "journal": {"unsealed": 0, "oldest_seconds": 0, "late": False},
            "version": goliard.__version__,
        },
    )
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("minutes", "late"), [(9, False), (11, True)])
def test_a_late_sealer_is_told_and_stops_nothing(client, minutes, late) -> None:
    waiting = timezone.now() - dt.timedelta(minutes=minutes)
    record(actor=Actor("user:secret-name"), verb="edit", subject=("projects.project", "1"), now=waiting)
    answer = client.get("/healthz")
    journal = answer.json()["journal"]
    assert (answer.status_code, journal["unsealed"], journal["late"]) == (200, 1, late)
    assert minutes * 60 <= journal["oldest_seconds"] < minutes * 60 + 30
    assert "secret-name" not in answer.content.decode()
    seal(now=timezone.now())
    assert client.get("/healthz").json()["journal"]["unsealed"] == 0


def test_a_database_that_waits_for_migrations_is_not_ready(client) -> None:
    MigrationRecorder(connection).record_unapplied("journal", "0002_immutable")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["status"], answer.json()["migrations"]) == (503, "pending migrations", 1)


def test_a_database_that_is_away_is_told(client) -> None:
    def away(*_) -> None:
        raise OperationalError("secret address of the database")

    with connection.execute_wrapper(away):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"status": "no database", "version": goliard.__version__})


def test_migrations_are_read_once_they_are_all_applied(client, django_assert_num_queries) -> None:
    client.get("/healthz")
    with django_assert_num_queries(1):
        client.get("/healthz")


def test_health_is_asked_for_and_never_changed(client) -> None:
    assert client.post("/healthz").status_code == 405
    assert client.head("/healthz").status_code == 200
