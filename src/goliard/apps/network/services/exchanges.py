"""Log exchanges: bounded in number and size, and without what people typed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from goliard.apps.network.choices import Direction
from goliard.apps.network.models import Exchange

KEPT = 10_000
SWEEP_EVERY = 200
MOST_KEPT = 4000  # bytes of an answer that does not count
MOST_FAULTS = 30
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_NUMBER = re.compile(r"(?<![\w-])(?:\+|00?)[1-9][0-9 ()-]{6,}[0-9](?![\w-])")  # telephone numbers
_ABOUT_PEOPLE = re.compile(
    r"(<(?:[\w.-]+:)?((?:person-)?(?:given|family)-names?|contact-name|email|phone-number|global-id|birth-date|signing-contact)\b[^>]*>)"
    r".*?(</(?:[\w.-]+:)?\2>)",
    re.DOTALL,
)
#: Parameters whose values name things and not people; of all others only the number is kept.
PLAIN = frozenset({"iia_id", "hei_id", "ounit_id", "ounit_code", "file_id", "receiving_academic_year_id", "modified_since"})


def log_exchange(
    *,
    direction: Direction,
    endpoint: str,
    status: int,
    milliseconds: int,
    now: datetime,
    hei_id: str = "",
    key_id: str = "",
    parameters: Mapping[str, Sequence[str]] | None = None,
    message: str = "",
    url: str = "",
    answer: bytes = b"",
    skew: int | None = None,
) -> Exchange:
    """Add one row and, from time to time, drop the oldest beyond `KEPT`."""
    row = Exchange.objects.create(
        direction=direction,
        endpoint=endpoint[:60],
        hei_id=hei_id[:120],
        key_id=key_id[:64],
        asked=masked(parameters or {}),
        status=status,
        message=masked_text(message)[:300],
        url=url[:300],
        answer=masked_text(answer[:MOST_KEPT].decode("utf-8", "replace")),
        skew=skew,
        milliseconds=milliseconds,
        at=now,
    )
    if row.pk % SWEEP_EVERY == 0:
        Exchange.objects.filter(pk__lte=row.pk - KEPT).delete()
    return row


def note_answer(*, log: Exchange, message: str, answer: bytes) -> None:
    """Keep with an exchange an answer that turned out to be none."""
    log.message = masked_text(message)[:300]
    log.answer = masked_text(answer[:MOST_KEPT].decode("utf-8", "replace"))
    log.save(update_fields=["message", "answer"])


def note_faults(*, log: Exchange, faults: Iterable[object]) -> None:
    """Keep with an exchange what its answer does against its schema, the first `MOST_FAULTS` lines of it."""
    told = [masked_text(str(fault))[:300] for fault, _number in zip(faults, range(MOST_FAULTS), strict=False)]
    if told:
        log.faults = told
        log.save(update_fields=["faults"])


def masked_text(text: str) -> str:
    """Return a text that may be kept: addresses, long numbers and what stands in elements about people are made unreadable."""
    hidden = _ABOUT_PEOPLE.sub(lambda found: f"{found[1]}…{found[3]}", text)
    return _NUMBER.sub("…", _ADDRESS.sub("…@…", hidden)).replace("\x00", "")


def masked(parameters: Mapping[str, Sequence[str]]) -> str:
    """Return parameters for the log: values of plain ones, for all others (`echo`, unknown ones) only how many values there were."""
    told = []
    for name, values in list(parameters.items())[:20]:
        if name in PLAIN:
            told.append(f"{name}={','.join(value[:64] for value in values[:5])}")
        else:
            told.append(f"{name[:30] if name == 'echo' else '(other)'}×{len(values)}")
    return " ".join(told)[:300]
