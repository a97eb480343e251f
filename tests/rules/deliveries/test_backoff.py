"""When a failed delivery is tried again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from goliard.rules.deliveries.backoff import MAIL, NOTIFICATION, Patience

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (9, 240)])
def test_the_waits_grow_and_the_last_one_repeats(attempts: int, minutes: int) -> None:
    assert MAIL.next_attempt(first_try=START, attempts=attempts, now=START) == START + timedelta(minutes=minutes)


def test_after_its_time_a_delivery_is_given_up() -> None:
    last_moment = START + timedelta(days=1) - timedelta(minutes=60)
    assert NOTIFICATION.next_attempt(first_try=START, attempts=7, now=last_moment) == START + timedelta(days=1)
    assert NOTIFICATION.next_attempt(first_try=START, attempts=7, now=last_moment + timedelta(seconds=1)) is None


def test_only_a_failed_attempt_is_followed_by_another() -> None:
    with pytest.raises(ValueError, match="failed attempt"):
        Patience((timedelta(minutes=1),), timedelta(days=1)).next_attempt(first_try=START, attempts=0, now=START)
