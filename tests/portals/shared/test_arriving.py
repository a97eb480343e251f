"""The moment that counts on a deadline night."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from goliard.portals.shared.arriving import arrived_at


def asked(told: str) -> datetime:
    return arrived_at(RequestFactory().get("/", headers={"x-request-start": told}))


def test_the_word_of_a_proxy_counts_where_it_is_named(settings) -> None:
    settings.GOLIARD_ARRIVAL_HEADER = "X-Request-Start"
    second = timezone.now().replace(microsecond=0) - timedelta(seconds=30)
    assert asked(f"t={int(second.timestamp())}.250") == second.astimezone(UTC) + timedelta(milliseconds=250)
    assert asked(f"{int(second.timestamp())}") == second


@pytest.mark.parametrize("told", ["", "yesterday", "t=99999999999", "t=1700000000.000", "t=-5"])
def test_nonsense_the_future_and_long_ago_are_now(settings, told: str) -> None:
    settings.GOLIARD_ARRIVAL_HEADER = "X-Request-Start"
    before = timezone.now()
    assert before <= asked(told) <= timezone.now()


def test_a_visitor_cannot_choose_the_moment(settings) -> None:
    assert settings.GOLIARD_ARRIVAL_HEADER == ""
    before = timezone.now()
    assert asked(f"t={int(before.timestamp()) - 60}") >= before
