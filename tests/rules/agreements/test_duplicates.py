"""Which agreements say the same twice."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.agreements.duplicates import Held, duplicates

LAW, HISTORY = ("student-studies", "0421"), ("student-studies", "0222")


def held(key: int, *about: tuple[str, str], partners: tuple[int, ...] = (7,), kind: str = "exchange", owner: int | None = None,
         starts: date = date(2024, 9, 1), ends: date = date(2027, 8, 31)) -> Held:  # fmt: skip
    return Held(key, frozenset(partners), kind, owner, starts, ends, frozenset(about))


CASES = [
    ("the same subject", held(1, LAW), held(2, LAW, HISTORY), True),
    ("another subject, side by side by intent", held(1, LAW), held(2, HISTORY), False),
    ("the same subject for staff", held(1, LAW), held(2, ("staff-teaching", "0421")), False),
    ("one names no subject", held(1, LAW), held(2), True),
    ("one leaves the subject of a mobility open", held(1, LAW), held(2, ("student-studies", "")), True),
    ("another partner", held(1, LAW), held(2, LAW, partners=(8,)), False),
    ("one partner more", held(1, LAW), held(2, LAW, partners=(7, 8)), False),
    ("another kind", held(1, LAW), held(2, LAW, kind="mou"), False),
    ("another faculty", held(1, LAW), held(2, LAW, owner=3), False),
    ("the renewal after it", held(1, LAW), held(2, LAW, starts=date(2027, 9, 1), ends=date(2030, 8, 31)), False),
    ("overlapping by a day", held(1, LAW), held(2, LAW, starts=date(2027, 8, 31), ends=date(2030, 8, 31)), True),
]


@pytest.mark.parametrize(("name", "one", "other", "expected"), CASES, ids=[case[0] for case in CASES])
def test_two_agreements(name: str, one: Held, other: Held, expected: bool) -> None:
    assert duplicates([one, other]) == ({1: frozenset({2}), 2: frozenset({1})} if expected else {})


@given(st.lists(st.tuples(st.sampled_from([LAW, HISTORY, None]), st.integers(2020, 2026)), max_size=6))
def test_being_a_duplicate_is_mutual_and_never_of_oneself(rows: list[tuple[tuple[str, str] | None, int]]) -> None:
    agreements = [
        held(key, *([about] if about else []), starts=date(year, 9, 1), ends=date(year + 2, 8, 31))
        for key, (about, year) in enumerate(rows)
    ]
    found = duplicates(agreements)
    assert all(key in found[other] and key != other for key, others in found.items() for other in others)
    assert found == duplicates(reversed(agreements))
