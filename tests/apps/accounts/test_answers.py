"""A repeated write gets its first answer, and writes nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from goliard.apps.accounts.choices import TokenRole
from goliard.apps.accounts.models import KeptAnswer, User
from goliard.apps.accounts.services.answers import KEPT_FOR, Answer, KeyUsedOtherwise, answer_once
from goliard.apps.accounts.services.api_tokens import make_api_token

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
