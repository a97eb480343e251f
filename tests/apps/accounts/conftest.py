"""What the tests of accounts share."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.factories.university import University, a_small_university

from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import invite
from goliard.rules.access.actor import Actor, system


@pytest.fixture
def now() -> dt.datetime:
    return dt.datetime(2022, 10, 3, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def office() -> Actor:
    return system("test")


@pytest.fixture
def university(db: None) -> University:
    return a_small_university()


@pytest.fixture
def user(db: None, now: dt.datetime, office: Actor) -> User:
    return invite(email="someone@example.org", display_name="Someone", actor=office, now=now).user
