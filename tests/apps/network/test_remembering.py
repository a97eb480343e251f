"""What the network leaves behind: copies of the catalogue, notifications, the log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goliard.apps.network.choices import Direction
from goliard.apps.network.models import CatalogueCopy, Exchange, ReceivedNotification
from goliard.apps.network.queries import catalogue_body, catalogue_version, current_catalogue, last_notifications, waiting_notifications
from goliard.apps.network.services import exchanges, notifications
from goliard.apps.network.services.catalogues import keep_catalogue, note_failure
from goliard.apps.network.services.exchanges import log_exchange, masked
from goliard.apps.network.services.notifications import mark_pulled, receive_notification
from goliard.rules.access.actor import system

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.django_db


def keep(body: bytes, now: datetime = NOW) -> CatalogueCopy:
    return keep_catalogue(body=body, source="file", etag="", institutions=1, actor=system("test"), now=now)


def test_the_newest_good_copy_counts_and_two_are_kept() -> None:
    assert (catalogue_version(), current_catalogue()) == ("", None)
    copies = [keep(body) for body in (b"first", b"second", b"third")]
    assert catalogue_version() == copies[2].sha256
    assert [catalogue_body(copy.sha256) for copy in copies] == [b"", b"second", b"third"]


def test_an_unchanged_catalogue_is_confirmed_and_a_failure_keeps_it() -> None:
    copy = keep(b"first")
    note_failure(failure="no answer", now=NOW + MINUTE)
    copy.refresh_from_db()
    assert (copy.failure, copy.failed_at, catalogue_version()) == ("no answer", NOW + MINUTE, copy.sha256)
    again = keep(b"first", NOW + 2 * MINUTE)
    assert (again.pk, again.fetched_at, again.checked_at, again.failure) == (copy.pk, NOW, NOW + 2 * MINUTE, "")


def receive(subject: str = "a", now: datetime = NOW, hei_id: str = "partner.example.org") -> ReceivedNotification | None:
    return receive_notification(api="iia-cnr", hei_id=hei_id, subject=subject, now=now)


def test_a_notification_that_waits_is_one_row() -> None:
    receive()
    receive(now=NOW + MINUTE)
    receive(subject="b")
    rows = {row.subject: (row.times, row.first_at, row.received_at) for row in waiting_notifications()}
    assert rows == {"a": (2, NOW, NOW + MINUTE), "b": (1, NOW, NOW)}
    assert [row.subject for row in last_notifications(1)] == ["a"]


def test_what_comes_in_while_it_is_pulled_waits_again() -> None:
    row = receive()
    assert row is not None
    receive(now=NOW + MINUTE)
    assert mark_pulled(row=row, now=NOW) is False
    row.refresh_from_db()
    assert mark_pulled(row=row, now=NOW) is True
    assert not waiting_notifications().exists()
    receive()
    assert waiting_notifications().count() == 1


def test_one_sender_cannot_fill_the_house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "MOST_WAITING", 2)
    assert [receive(subject) is None for subject in ("a", "b", "c", "a")] == [False, False, True, False]
    assert receive("c", hei_id="other.example.org") is not None


def test_the_log_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanges, "KEPT", 3)
    monkeypatch.setattr(exchanges, "SWEEP_EVERY", 5)
    for number in range(10):
        log_exchange(direction=Direction.RECEIVED, endpoint=f"e{number}", status=200, milliseconds=1, now=NOW, message="m" * 1000)
    assert Exchange.objects.count() < 8
    assert {len(row.message) for row in Exchange.objects.all()} == {300}


def test_the_log_keeps_ids_and_no_words() -> None:
    asked = {"iia_id": ("a1",), "echo": ("somebody@example.org", "x"), "somebody@example.org": ("y",)}
    assert masked(asked) == "iia_id=a1 echo×2 (other)×1"
    assert len(masked({"iia_id": ("i" * 1000,) * 100})) <= 300
