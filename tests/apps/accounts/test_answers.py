"""A repeated write gets its first answer, and writes nothing."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections
from django.db.models import Value
from django.db.models.functions import Concat

from goliard.apps.accounts.choices import TokenRole
from goliard.apps.accounts.models import KeptAnswer, User
from goliard.apps.accounts.services import invite
from goliard.apps.accounts.services.answers import KEPT_FOR, Answer, KeyUsedOtherwise, answer_once
from goliard.apps.accounts.services.api_tokens import make_api_token
from goliard.rules.access.actor import system

DAY = dt.timedelta(days=1)


@pytest.fixture
def token(user, now, office):
    return make_api_token(name="x", owner=user, role=TokenRole.OFFICER, expires_at=now + DAY, actor=office, now=now).token


@pytest.fixture
def ask(token, now):
    """Ask to rename the user, and count how often it was done."""
    done: list[str] = []

    def asked(name: str, *, key: str = "k", request_hash: str = "", status: int = 200, at: dt.datetime = now) -> Answer:
        def act() -> Answer:
            done.append(name)
            User.objects.update(display_name=name)
            return Answer(status, name)

        return answer_once(token=token, key=key, request_hash=request_hash or name, now=at, act=act)

    asked.done = done
    return asked


def test_the_same_request_is_done_once_and_answered_twice(ask) -> None:
    assert ask("A", status=201) == Answer(201, "A")
    assert ask("A", status=201) == Answer(201, "A", is_repeated=True)
    assert ask("A", key="other") == Answer(200, "A")
    assert ask.done == ["A", "A"]


def test_a_key_that_stood_before_another_request_writes_nothing(ask) -> None:
    ask("A")
    with pytest.raises(KeyUsedOtherwise):
        ask("B")
    assert User.objects.get().display_name == "A"


def test_a_refused_write_is_undone_and_may_be_tried_again(ask) -> None:
    assert ask("A", status=422) == Answer(422, "A")
    assert (User.objects.get().display_name, KeptAnswer.objects.count()) == ("Someone", 0)
    assert ask("A") == Answer(200, "A")


def test_a_write_that_breaks_keeps_nothing(token, now) -> None:
    def breaks() -> Answer:
        User.objects.update(display_name="half")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answer_once(token=token, key="k", request_hash="", now=now, act=breaks)
    assert (User.objects.get().display_name, KeptAnswer.objects.count()) == ("Someone", 0)


def test_answers_are_forgotten_after_a_week(ask, now) -> None:
    ask("A")
    assert ask("A", at=now + KEPT_FOR).is_repeated
    assert not ask("A", at=now + KEPT_FOR + dt.timedelta(seconds=1)).is_repeated


@pytest.mark.django_db(transaction=True)
def test_eight_at_once_under_one_key_write_once_and_all_get_the_same_answer(transactional_db, now) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's database of the tests lives in memory, which threads cannot share; the run on PostgreSQL asks this")
    user = invite(email="someone@example.org", display_name="n", actor=system("test"), now=now).user
    token = make_api_token(name="x", owner=user, role=TokenRole.OFFICER, expires_at=now + DAY, actor=system("test"), now=now).token
    start = threading.Barrier(8)

    def attempt(number: int) -> Answer:
        def act() -> Answer:
            User.objects.update(display_name=Concat("display_name", Value("x")))
            return Answer(201, str(number))

        try:
            start.wait(timeout=120)
            return answer_once(token=token, key="k", request_hash="same", now=now, act=act)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(attempt, range(8)))
    assert User.objects.get().display_name == "nx"
    assert len({(answer.status, answer.body) for answer in answers}) == 1
    assert sum(not answer.is_repeated for answer in answers) == 1
