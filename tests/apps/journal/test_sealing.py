"""Sealing in batches, and beside writers."""

from __future__ import annotations

import datetime as dt
import threading

import pytest
from django.db import connection, transaction

from goliard.apps.journal import sealing, triggers
from goliard.apps.journal.models import JournalEntry, Seal, SealedEntry
from goliard.apps.journal.sealing import seal
from goliard.apps.journal.services import record
from goliard.apps.journal.verification import verify
from goliard.rules.access.actor import Actor

NOW = dt.datetime(2022, 10, 3, 9, 30, tzinfo=dt.UTC)


def write(count: int) -> None:
    for number in range(count):
        record(actor=Actor("user:officer"), verb="edit", subject=("projects.project", str(number)), now=NOW, details={"n": number})


@pytest.mark.django_db
def test_nothing_waits_nothing_is_sealed() -> None:
    assert seal(now=NOW) == 0
    assert not Seal.objects.exists()


@pytest.mark.django_db
def test_seals_are_numbered_and_chained(monkeypatch) -> None:
    monkeypatch.setattr(sealing, "BATCH", 4)
    write(10)
    assert seal(now=NOW) == 10
    assert list(Seal.objects.order_by("number").values_list("number", "entry_count")) == [(1, 4), (2, 4), (3, 2)]
    first, second, third = Seal.objects.order_by("number")
    assert (first.previous_hash, second.previous_hash, third.previous_hash) == ("0" * 64, first.hash, second.hash)
    assert verify().is_whole


@pytest.fixture
def _unguarded_after():
    """A test that commits seals must let the flush at its end remove them."""
    yield
    triggers.remove(connection)
    for table in ("journal_sealedentry", "journal_seal", "journal_unsealedentry", "journal_entrydetails", "journal_journalentry"):
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    triggers.install(connection)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_unguarded_after")
def test_writers_and_two_sealers_at_once_leave_one_whole_chain() -> None:
    if connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"]):
        pytest.skip("one connection in memory cannot have two writers; the same runs on PostgreSQL and on a file")
    failures: list[BaseException] = []

    def guarded(work) -> None:
        try:
            work()
        except BaseException as error:
            failures.append(error)
        finally:
            connection.close()

    def writer() -> None:
        for _ in range(20):
            with transaction.atomic():
                write(2)

    def sealer() -> None:
        for _ in range(30):
            seal(now=NOW)

    threads = [threading.Thread(target=guarded, args=(work,)) for work in (writer, writer, sealer, sealer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seal(now=NOW)
    assert failures == []
    assert JournalEntry.objects.count() == SealedEntry.objects.count() == 80
    assert verify().is_whole


@pytest.mark.django_db
def test_verify_reads_a_seal_in_a_fixed_number_of_queries(django_assert_num_queries) -> None:
    write(1)
    seal(now=NOW)
    with django_assert_num_queries(8):
        verify()
    write(30)
    seal(now=NOW)
    with django_assert_num_queries(8 + 2):  # two queries a seal, however many entries
        verify()
