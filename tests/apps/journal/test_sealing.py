"""Sealing in batches. Beside writers: tests/cli/test_commands.py, with processes of their own."""

from __future__ import annotations

import datetime as dt

import pytest

from goliard.apps.journal import sealing
from goliard.apps.journal.models import Seal
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
