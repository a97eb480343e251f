"""Read a clean table of applicants at the speed of the disk, or decline.

The scanner knows only what is certainly right: plain printable ASCII, no quotes, every cell in its place. Anything else (an accent as
much as an error) makes it decline, and the reference reader decides: it alone explains what is wrong, so there is one set of messages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goliard.fast.compiled import compiled
from goliard.fast.placement.arrays import Ints, MarketArrays, Scores, Small, buckets
from goliard.rules.placement.market import Destination
from goliard.rules.placement.tables import APPLICANT_COLUMNS, LONGEST_CELL, LONGEST_LIST
from goliard.rules.placement.ties import TieRule

Bytes = NDArray[np.uint8]
ROLES = {"applicant": 0, "wish": 1, "destination": 2, "score": 3, "group": 4}
MOST_GROUPS = 1_000
MARGIN = 2**62  # scaled scores stay far from the limits of 64 bits


@dataclass(frozen=True)
class Names:
    """The different texts of one column, by the number of their first appearance, as slices of the file."""

    begin: Ints
    length: Ints

    def texts(self, data: Bytes) -> list[str]:
        """The texts themselves."""
        raw = data.tobytes()
        return [
            raw[begin : begin + length].decode("ascii") for begin, length in zip(self.begin.tolist(), self.length.tolist(), strict=True)
        ]


@dataclass(frozen=True)
class Rows:
    """The rows as numbers: names by their number, scores as digits without the point and how many of them stand behind it."""

    applicant: Small
    destination: Small
    group: Small
    wish: Small
    digits: Ints
    behind: Small


@dataclass(frozen=True)
class Table:
    """Applicants with the claims of their rows; `groups` has one text an applicant, empty for none."""

    applicants: list[str]
    groups: list[str]
    start: Ints
    target: Small
    score: Ints
    scores: Scores


def scan(data: bytes, destinations: Mapping[str, Destination]) -> Table | None:
    """The table in `applicant,wish,destination,score[,group]`, or `None` to decline; destinations numbered by id."""
    text = data.removeprefix(b"\xef\xbb\xbf")
    head, _, _ = text.partition(b"\n")
    columns = head.rstrip(b"\r").decode("latin-1").split(",")
    if sorted(columns) not in (sorted(APPLICANT_COLUMNS[0]), sorted(APPLICANT_COLUMNS[0] + APPLICANT_COLUMNS[1])):
        return None
    body = np.frombuffer(text, np.uint8)[len(head) + 1 :]
    made = _rows(body, [ROLES[column] for column in columns], len(destinations))
    if made is None:
        return None
    rows, people, places, groups = made
    number = {name: at for at, name in enumerate(sorted(destinations))}
    found = places.texts(body)
    if not all(name in number for name in found):
        return None
    return _table(rows, people.texts(body), np.array([number[name] for name in found], np.int32), groups.texts(body))


def _rows(body: Bytes, roles: Sequence[int], destinations: int) -> tuple[Rows, Names, Names, Names] | None:
    most = int(np.count_nonzero(body == ord("\n"))) + 1
    applicant, destination, group, wish, behind = (np.zeros(most, np.int32) for _ in range(5))
    rows = Rows(applicant, destination, group, wish, np.zeros(most, np.int64), behind)
    limits = most, destinations + 1, MOST_GROUPS
    names = [Names(np.empty(limit, np.int64), np.empty(limit, np.int64)) for limit in limits]
    tables = [np.full(1 << (2 * limit).bit_length(), -1, np.int32) for limit in limits]
    used = np.zeros(3, np.int64)
    count = _scan(
        body,
        np.array(roles, np.int64),
        (rows.applicant, rows.destination, rows.group),
        (rows.wish, rows.digits, rows.behind),
        tuple(tables),
        tuple(name.begin for name in names),
        tuple(name.length for name in names),
        used,
    )
    if count < 0:
        return None
    kept = Rows(
        rows.applicant[:count], rows.destination[:count], rows.group[:count], rows.wish[:count], rows.digits[:count], rows.behind[:count]
    )
    people, places, groups = (Names(name.begin[:size], name.length[:size]) for name, size in zip(names, used.tolist(), strict=True))
    return kept, people, places, groups


def _table(rows: Rows, people: list[str], target_of: Small, groups: list[str]) -> Table | None:
    """Put the rows in the order of applicants and ranks; `None` on gaps, doubles, two groups of one applicant or scores beyond 64 bits."""
    order = sorted(range(len(people)), key=people.__getitem__)
    place = np.empty(len(people), np.int32)
    place[order] = np.arange(len(people), dtype=np.int32)
    owner = place[rows.applicant]
    counts = np.bincount(owner, minlength=len(people))
    start = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
    group = np.empty(len(people), np.int32)
    group[owner] = rows.group
    if np.any(rows.wish > counts[owner]) or np.any(group[owner] != rows.group):
        return None
    at = start[owner] + rows.wish - 1
    target = np.full(len(at), -1, np.int32)
    target[at] = target_of[rows.destination]
    if np.any(target < 0) or not _all_different(start, target, len(target_of) and int(target_of.max()) + 1):
        return None  # a rank twice leaves another rank empty; a destination twice
    decimals = int(rows.behind.max(initial=0))
    for behind in np.unique(rows.behind).tolist():
        largest = int(np.abs(rows.digits[rows.behind == behind]).max())
        if largest * 10 ** (decimals - behind) >= MARGIN:
            return None
    score = np.empty(len(at), np.int64)
    score[at] = rows.digits * 10 ** (decimals - rows.behind.astype(np.int64))
    return Table([people[i] for i in order], [groups[i] for i in group.tolist()], start, target, score, Scores(decimals))


def market_of(table: Table, destinations: tuple[Destination, ...], ties: TieRule) -> MarketArrays:
    """The arrays of a scanned table; `destinations` in the order of their ids."""
    made = buckets(destinations)
    owner = np.repeat(np.arange(len(table.applicants)), np.diff(table.start))
    bucket = table.target.copy()
    codes = {group: code for code, group in enumerate(dict.fromkeys(table.groups))}
    group = np.array([codes[name] for name in table.groups], np.int64)[owner] if len(owner) else np.empty(0, np.int64)
    for (_, name), number in made.number.items():
        if name in codes:
            bucket[(table.target == made.bucket_of[number]) & (group == codes[name])] = number
    order = ties.order(table.applicants)
    return MarketArrays(
        applicants=table.applicants,
        destinations=destinations,
        start=table.start,
        target=table.target,
        bucket=bucket,
        rank=(np.arange(len(owner)) - table.start[owner] + 1).astype(np.int32),
        score=table.score,
        scores=table.scores,
        tie=np.array([order[applicant] for applicant in table.applicants], np.int64),
        places=np.array([destination.places for destination in destinations], np.int64),
        bucket_of=made.bucket_of,
        reserve=made.reserve,
        limit=made.limit,
    )


@compiled
def _all_different(start: Ints, target: Small, destinations: int) -> bool:
    """Whether no applicant names a destination twice."""
    seen = np.full(destinations, -1, np.int64)
    for applicant in range(len(start) - 1):
        for claim in range(start[applicant], start[applicant + 1]):
            if seen[target[claim]] == applicant:
                return False
            seen[target[claim]] = applicant
    return True


@compiled
def _number_of(body: Bytes, begin: int, length: int, table: Small, begins: Ints, lengths: Ints, used: Ints, which: int) -> int:
    """The number of this text among those seen, a new one if it is new; -1 when there is no room for another."""
    mark = np.uint64(14695981039346656037)  # FNV-1a
    for at in range(begin, begin + length):
        mark = (mark ^ np.uint64(body[at])) * np.uint64(1099511628211)
    mask = np.uint64(len(table) - 1)
    slot = (mark ^ (mark >> np.uint64(29))) & mask
    while table[slot] >= 0:
        known = int(table[slot])
        if lengths[known] == length:
            same = True
            for at in range(length):
                if body[begins[known] + at] != body[begin + at]:
                    same = False
                    break
            if same:
                return known
        slot = (slot + np.uint64(1)) & mask
    if used[which] == len(begins):
        return -1
    fresh = int(used[which])
    table[slot] = fresh
    begins[fresh], lengths[fresh] = begin, length
    used[which] += 1
    return fresh


@compiled
def _digits(body: Bytes, begin: int, end: int) -> tuple[int, int, int]:
    """Digits without sign and point, how many stand behind the point (-1: no score the scanner knows), and the sign."""
    sign, at = 1, begin
    if body[at] == 45 or body[at] == 43:
        sign = -1 if body[at] == 45 else 1
        at += 1
    value, before, behind, point = 0, 0, 0, False
    while at < end:
        if body[at] == 46 and not point:
            point = True
        elif 48 <= body[at] <= 57:
            value = value * 10 + (body[at] - 48)
            if point:
                behind += 1
            else:
                before += 1
        else:
            return 0, -1, 1
        at += 1
    if before == 0 or before + behind > 18 or (point and behind == 0):
        return 0, -1, 1
    return value, behind, sign


@compiled
def _scan(  # noqa: C901, PLR0911, PLR0912 - one pass over the bytes
    body: Bytes,
    roles: Ints,
    named: tuple[Small, Small, Small],
    numbers: tuple[Small, Ints, Small],
    tables: tuple[Small, ...],
    begins: tuple[Ints, ...],
    lengths: tuple[Ints, ...],
    used: Ints,
) -> int:
    """Fill the rows and give their number; -1 to decline."""
    count, at, size = 0, 0, len(body)
    while at < size:
        with_group = False
        for column in range(len(roles)):
            begin = at
            while at < size and body[at] != 44 and body[at] != 10 and body[at] != 13:
                if body[at] < 32 or body[at] > 126 or body[at] == 34:
                    return -1
                at += 1
            end, role = at, roles[column]
            if at < size and body[at] == 13:
                at += 1
                if at < size and body[at] != 10:
                    return -1
            last = column == len(roles) - 1
            if (at == size or body[at] == 10) != last:
                return -1
            at += 1
            if end - begin > LONGEST_CELL or (end > begin and (body[begin] == 32 or body[end - 1] == 32)):
                return -1
            if end == begin and role != 4:
                return -1
            if role == 1:
                value, behind, sign = _digits(body, begin, end)
                if behind != 0 or body[begin] < 48 or not 1 <= value <= LONGEST_LIST or end - begin > 7:
                    return -1
                numbers[0][count] = value
            elif role == 3:
                value, behind, sign = _digits(body, begin, end)
                if behind < 0:
                    return -1
                numbers[1][count], numbers[2][count] = sign * value, behind
            else:
                which = 0 if role == 0 else (1 if role == 2 else 2)
                number = _number_of(body, begin, end - begin, tables[which], begins[which], lengths[which], used, which)
                if number < 0:
                    return -1
                named[which][count] = number
                with_group = with_group or role == 4
        if not with_group:
            if used[2] == 0:
                _number_of(body, at, 0, tables[2], begins[2], lengths[2], used, 2)
            named[2][count] = 0
        count += 1
    return count
