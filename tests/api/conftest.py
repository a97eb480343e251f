"""What tests of the API share: a small university, and a machine for each kind of token."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from tests.factories.university import University, a_small_university

from goliard.apps.accounts.choices import TokenRole
from goliard.apps.accounts.models import User
from goliard.apps.accounts.services import assign_role, invite
from goliard.apps.accounts.services.api_tokens import NewToken, make_api_token
from goliard.rules.access.actor import Role, system

ROOT = "/api/v1/"


class Machine:
    """A system of the campus: it has a token or not, and asks the API."""

    def __init__(self, made: NewToken | None = None, *, language: str = "en") -> None:
        self.made = made
        self.client = Client()
        self.headers = {"accept-language": language} | ({"authorization": f"Bearer {made.secret}"} if made else {})

    def get(self, path: str, **query: Any) -> HttpResponse:
        return self.client.get(f"{ROOT}{path}", query, headers=self.headers)

    def send(self, method: str, path: str, content: Any = None, **headers: str) -> HttpResponse:
        send = getattr(self.client, method)
        return send(f"{ROOT}{path}", content, content_type="application/json", headers=self.headers | headers)


MakeMachine = Callable[..., Machine]


@pytest.fixture(autouse=True)
def _no_memory() -> Iterator[None]:
    """Every test counts requests from zero."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def university(db: None, settings) -> University:
    settings.GOLIARD_TOTP_ROLES = []
    return a_small_university()


@pytest.fixture
def owner(db: None) -> User:
    now = timezone.now()
    user = invite(email="maker@example.org", display_name="Officer International Relations", actor=system("test"), now=now).user
    assign_role(user=user, role=Role.OFFICER, actor=system("test"), now=now)
    return user


@pytest.fixture
def machine(owner: User) -> MakeMachine:
    """Return a function that gives a machine its token: `machine(role=TokenRole.OFFICER, may_write=True)`."""

    def make(*, language: str = "en", **given: Any) -> Machine:
        now = timezone.now()
        asked = {"name": "Test", "role": TokenRole.OFFICER, "expires_at": now + dt.timedelta(days=1)} | given
        return Machine(make_api_token(owner=owner, actor=system("test"), now=now, **asked), language=language)

    return make


@pytest.fixture
def reader(machine: MakeMachine) -> Machine:
    """An officer's token that reads."""
    return machine()


@pytest.fixture
def writer(machine: MakeMachine) -> Machine:
    """An officer's token that writes."""
    return machine(may_write=True)
