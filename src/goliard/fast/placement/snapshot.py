"""The hash of a scanned table: the twin of `rules.placement.snapshot`, byte for byte the same text."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from goliard.fast.compiled import compiled
from goliard.fast.placement.arrays import Ints, Small
from goliard.fast.placement.scan import Table
from goliard.rules.placement.market import Destination
from goliard.rules.placement.snapshot import HEADING, destination_lines

Bytes = NDArray[np.uint8]
AT_ONCE = 50_000  # applicants a piece
WRITTEN_SCORE = 40  # more bytes than a score, a rank and the marks around them take


def input_hash(table: Table, destinations: tuple[Destination, ...]) -> str:
    """SHA-256 over the canonical text of the table and its destinations (in the order of their ids)."""
    digest = sha256(HEADING.encode())
    for destination in destinations:
        digest.update("".join(destination_lines(destination)).encode())
    ids, groups = _joined(table.applicants), _joined(table.groups)
    targets = _joined(destination.id for destination in destinations)
    for first in range(0, len(table.applicants), AT_ONCE):
        last = min(first + AT_ONCE, len(table.applicants))
        digest.update(_lines(table, first, last, ids, groups, targets))
    return digest.hexdigest()


def _joined(texts: Iterable[str]) -> tuple[Bytes, Ints]:
    encoded = [text.encode() for text in texts]
    ends = np.cumsum([0, *(len(text) for text in encoded)], dtype=np.int64)
    return np.frombuffer(b"".join(encoded), np.uint8), ends


Joined = tuple[Bytes, Ints]


def _lines(table: Table, first: int, last: int, ids: Joined, groups: Joined, targets: Joined) -> bytes:
    longest = [int(np.diff(ends).max(initial=0)) for _, ends in (ids, groups, targets)]
    claims = int(table.start[last] - table.start[first])
    room = (last - first) * (longest[0] + longest[1] + 8) + claims * (longest[0] + longest[2] + WRITTEN_SCORE)
    out = np.empty(room, np.uint8)
    size = _write(out, table.start, table.target, table.score, table.scores.decimals, first, last, ids, groups, targets)
    return out[:size].tobytes()


@compiled
def _copy(out: Bytes, at: int, text: Bytes, begin: int, end: int) -> int:
    for index in range(begin, end):
        out[at] = text[index]
        at += 1
    return at


@compiled
def _number(out: Bytes, at: int, value: int, least: int) -> int:
    """Write digits, at least so many."""
    digits, rest = 1, value // 10
    while rest > 0:
        digits += 1
        rest //= 10
    digits = max(digits, least)
    for place in range(digits):
        out[at + digits - 1 - place] = 48 + value % 10
        value //= 10
    return at + digits


@compiled
def _score(out: Bytes, at: int, value: int, decimals: int) -> int:
    """Write a scaled score without trailing zeros."""
    if value < 0:
        out[at] = 45
        at += 1
        value = -value
    while decimals > 0 and value % 10 == 0:
        value //= 10
        decimals -= 1
    power = 1
    for _ in range(decimals):
        power *= 10
    at = _number(out, at, value // power, 1)
    if decimals > 0:
        out[at] = 46
        at = _number(out, at + 1, value % power, decimals)
    return at


@compiled
def _write(
    out: Bytes,
    start: Ints,
    target: Small,
    score: Ints,
    decimals: int,
    first: int,
    last: int,
    ids: Joined,
    groups: Joined,
    targets: Joined,
) -> int:
    at = 0
    for applicant in range(first, last):
        out[at], out[at + 1] = 65, 9  # A, tab
        at = _copy(out, at + 2, ids[0], ids[1][applicant], ids[1][applicant + 1])
        if groups[1][applicant] < groups[1][applicant + 1]:
            out[at] = 9
            at = _copy(out, at + 1, groups[0], groups[1][applicant], groups[1][applicant + 1])
        out[at] = 10
        at += 1
        for claim in range(start[applicant], start[applicant + 1]):
            out[at], out[at + 1] = 87, 9  # W, tab
            at = _copy(out, at + 2, ids[0], ids[1][applicant], ids[1][applicant + 1])
            out[at] = 9
            at = _number(out, at + 1, claim - start[applicant] + 1, 1)
            out[at] = 9
            at = _copy(out, at + 1, targets[0], targets[1][target[claim]], targets[1][target[claim] + 1])
            out[at] = 9
            at = _score(out, at + 1, score[claim], decimals)
            out[at] = 10
            at += 1
    return at
