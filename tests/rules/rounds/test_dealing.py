"""Who reads what: evenly, again the same, never with a conflict."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.rounds.dealing import deal


@pytest.mark.parametrize(
    ("applications", "members", "each", "had", "barred", "dealt"),
    [
        ((1, 2, 3), (7, 8, 9), 1, (), (), [(1, 7), (2, 8), (3, 9)]),
        ((1, 2), (7, 8, 9), 2, (), (), [(1, 7), (1, 8), (2, 9), (2, 7)]),
        ((1, 2), (7, 8), 1, (), ((1, 7),), [(1, 8), (2, 7)]),
        ((1,), (7, 8), 2, ((1, 8),), (), [(1, 7)]),  # one stands already
        ((1,), (7, 8), 2, (), ((1, 8),), None),  # too few without a conflict
        ((1,), (), 1, (), (), None),
        ((), (7,), 2, (), (), []),
    ],
)
def test_members_are_dealt_applications(applications, members, each, had, barred, dealt) -> None:
    assert deal(applications, members, each=each, had=had, barred=barred) == dealt


@given(st.integers(1, 40), st.integers(2, 6), st.integers(1, 2))
def test_the_load_is_even_and_everybody_has_enough(number: int, members: int, each: int) -> None:
    dealt = deal(range(1, number + 1), range(101, 101 + members), each=each)
    assert dealt is not None
    assert set(Counter(application for application, _ in dealt).values()) == {each}
    assert len(set(dealt)) == len(dealt)
    load = Counter(member for _, member in dealt)
    assert max(load.values()) - min(load[member] for member in range(101, 101 + members)) <= 1
