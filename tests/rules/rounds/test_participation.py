"""Participation by group, as a table that an officer can check; small numbers never follow from what is shown."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.rounds.participation import GroupCount, participation


def test_a_group_against_everybody() -> None:
    found = participation({"6": GroupCount(800, 80, 40), "7": GroupCount(200, 40, 20)})
    told = [(each.group, each.population, each.applicants, each.placed, str(each.rate), str(each.against)) for each in found]
    assert told == [
        ("6", 800, 80, 40, "10.0", "0.83"),
        ("7", 200, 40, 20, "20.0", "1.67"),
        ("", 1000, 120, 60, "12.0", "1.00"),
    ]


def test_small_numbers_are_hidden_with_one_beside_them() -> None:
    found = {
        each.group: each for each in participation({"6": GroupCount(800, 80, 40), "7": GroupCount(200, 40, 20), "8": GroupCount(50, 3, 1)})
    }
    assert [found[name].applicants for name in ("6", "7", "8", "")] == [80, None, None, 123]
    assert (found["8"].rate, found["8"].against, found["8"].population) == (None, None, 50)
    assert found["8"].placed is None


def test_who_got_no_place_is_not_told_by_subtraction() -> None:
    found = participation({"6": GroupCount(800, 80, 78), "7": GroupCount(200, 40, 20), "8": GroupCount(300, 60, 30)})
    assert [each.placed for each in found] == [None, None, 30, 128]


def test_nobody_at_all() -> None:
    assert [(each.group, each.applicants, each.rate) for each in participation({})] == [("", None, None)]


COUNTS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.integers(0, 60), st.integers(0, 40), st.integers(0, 40)).map(
        lambda numbers: GroupCount(sum(numbers), numbers[1] + numbers[2], numbers[2])
    ),
)


@given(counts=COUNTS)
def test_nothing_small_is_shown_nor_follows_from_a_total(counts: dict[str, GroupCount]) -> None:
    *groups, everybody = participation(counts)
    for measure in ("population", "applicants", "placed"):
        shown = [getattr(each, measure) for each in groups]
        assert all(number is None or number >= 5 for number in shown)
        hidden = [getattr(counts[each.group], measure) for each, number in zip(groups, shown, strict=True) if number is None]
        total = getattr(everybody, measure)
        if hidden and total is not None:
            assert len(hidden) > 1
            assert sum(hidden) >= 5
    for each in groups:
        if each.applicants is not None and each.placed is not None:
            assert each.applicants - each.placed == 0 or each.applicants - each.placed >= 5
        assert each.rate is None or Decimal(0) <= each.rate <= 100
