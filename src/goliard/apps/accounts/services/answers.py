"""The same write twice: the second time gets the answer of the first, and writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from goliard.apps.accounts.models import ApiToken, KeptAnswer

KEPT_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Answer:
    """The status and the text that a write answered."""

    status: int
    body: str
    is_repeated: bool = False


class KeyUsedOtherwise(Exception):
    """The key stood before another request: nothing was written."""


class _Taken(Exception):
    """Another request took the key first."""


class _NotKept(Exception):
    """Undoes a write that was refused."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.status)
        self.answer = answer


def answer_once(*, token: ApiToken, key: str, request_hash: str, now: datetime, act: Callable[[], Answer]) -> Answer:
    """Return the answer of `act`, or the one that the same request got before under this key.

    What `act` writes and the note that it did commit together; an answer of 400 or above undoes both, so that it can be tried again.
    Two at once: the second waits for the first, and gets its answer. Raises KeyUsedOtherwise.
    """
    KeptAnswer.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    kept = KeptAnswer.objects.filter(token=token, key=key).first()
    if kept is None:
        try:
            with transaction.atomic():
                return _first_time(token, key, request_hash, now, act)
        except _NotKept as refused:
            return refused.answer
        except _Taken:
            kept = KeptAnswer.objects.get(token=token, key=key)
    if kept.request_hash != request_hash:
        raise KeyUsedOtherwise
    return Answer(kept.status, kept.body, is_repeated=True)


def _first_time(token: ApiToken, key: str, request_hash: str, now: datetime, act: Callable[[], Answer]) -> Answer:
    try:
        with transaction.atomic():
            row = KeptAnswer.objects.create(token=token, key=key, request_hash=request_hash, status=0, body="", created_at=now)
    except IntegrityError:
        raise _Taken from None
    answer = act()
    if answer.status >= 400:
        raise _NotKept(answer)
    row.status, row.body = answer.status, answer.body
    row.save(update_fields=["status", "body"])
    return answer
