"""The log of answers: what waits, what does not, and what becomes of it when the process ends."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from goliard.apps.network.models import Exchange
from goliard.apps.network.services import answers, exchanges
from goliard.apps.network.services.answers import AnswerLog, log_answer

NOW = datetime(2026, 11, 3, 10, tzinfo=UTC)


@pytest.fixture
def log(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> AnswerLog:
    """A log in which nothing is written late."""
    log = AnswerLog(together=3, later=lambda work: None)
    monkeypatch.setattr(answers, "_answers", log)
    return log


def answer(endpoint: str, status: int = 200) -> None:
    log_answer(
        endpoint=endpoint,
        status=status,
        milliseconds=2,
        now=NOW,
        hei_id="partner.example.org",
        key_id="k",
        parameters={"iia_id": ("a1",)},
        message="" if status == 200 else "no",
    )


def logged() -> list[tuple[str, int]]:
    return list(Exchange.objects.order_by("pk").values_list("endpoint", "status"))


def test_good_answers_wait_for_each_other_and_are_written_in_their_order(log: AnswerLog) -> None:
    answer("a")
    answer("b")
    assert logged() == []
    answer("c")
    assert logged() == [("a", 200), ("b", 200), ("c", 200)]
    row = Exchange.objects.order_by("pk")[0]
    assert (row.direction, row.hei_id, row.key_id, row.asked, row.at, row.skew) == (
        "received",
        "partner.example.org",
        "k",
        "iia_id=a1",
        NOW,
        None,
    )
    assert (row.url, row.answer, row.faults) == ("", "", [])


def test_a_refusal_is_written_at_once_with_what_waits_before_it(log: AnswerLog) -> None:
    answer("a")
    answer("b", 403)
    assert logged() == [("a", 200), ("b", 403)]


def test_in_a_transaction_a_row_holds_if_the_transaction_does(log: AnswerLog) -> None:
    with transaction.atomic():
        answer("a")
        assert logged() == [("a", 200)]
        transaction.set_rollback(True)
    assert logged() == []


def test_what_cannot_be_written_is_lost_and_told_and_stops_nobody(log: AnswerLog, caplog: pytest.LogCaptureFixture) -> None:
    with connection.execute_wrapper(_broken):
        answer("a", 500)
    assert "1 rows of the log of exchanges could not be written" in caplog.text
    answer("b", 500)
    assert logged() == [("b", 500)]


def _broken(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if sql.startswith("INSERT"):
        raise OperationalError("disk full")
    return execute(sql, params, many, context)


def test_old_rows_make_way(log: AnswerLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanges, "KEPT", 4)
    monkeypatch.setattr(exchanges, "SWEEP_EVERY", 6)
    for number in range(12):
        answer(f"e{number}")
    assert [endpoint for endpoint, _ in logged()] == ["e8", "e9", "e10", "e11"]


@pytest.mark.django_db(transaction=True)
def test_what_nobody_follows_is_written_by_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(answers, "_answers", AnswerLog(later=waiting.append))
    answer("a")
    answer("b")
    assert len(waiting) == 1
    thread = threading.Thread(target=waiting[0])
    thread.start()
    thread.join(60)
    assert logged() == [("a", 200), ("b", 200)]


ENDING = """
from goliard.cli.django_setup import setup
setup()
import sys, threading
from goliard.apps.network.services.answers import later
of_the_server = threading.Thread(target=lambda: later(lambda: print("written")), daemon=True)
of_the_server.start()
of_the_server.join()
sys.exit(3)
"""


def test_a_process_that_ends_waits_for_what_is_written_late() -> None:
    """Nothing is left out of the log where a server is stopped in order; its threads are daemons, what they start is not."""
    ended = subprocess.run([sys.executable, "-c", ENDING], stdout=subprocess.PIPE, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (3, "written\n")
