"""Log exchanges: bounded in number and size, and without what people typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from goliard.apps.network.choices import Direction
from goliard.apps.network.models import Exchange

KEPT = 10_000
SWEEP_EVERY = 200
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
) -> Exchange:
    """Add one row and, from time to time, drop the oldest beyond `KEPT`."""
    row = Exchange.objects.create(
        direction=direction,
        endpoint=endpoint[:60],
        hei_id=hei_id[:120],
        key_id=key_id[:64],
        asked=masked(parameters or {}),
        status=status,
        message=message[:300],
        milliseconds=milliseconds,
        at=now,
    )
    if row.pk % SWEEP_EVERY == 0:
        Exchange.objects.filter(pk__lte=row.pk - KEPT).delete()
    return row


def masked(parameters: Mapping[str, Sequence[str]]) -> str:
    """Return parameters for the log: values of plain ones, for all others (`echo`, unknown ones) only how many values there were."""
    told = []
    for name, values in list(parameters.items())[:20]:
        if name in PLAIN:
            told.append(f"{name}={','.join(value[:64] for value in values[:5])}")
        else:
            told.append(f"{name[:30] if name == 'echo' else '(other)'}×{len(values)}")
    return " ".join(told)[:300]
