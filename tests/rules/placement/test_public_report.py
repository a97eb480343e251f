from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.placement.markets import market

from goliard.rules.placement.public_report import FEWEST, PublicRow, public_report, suppressed
from goliard.rules.placement.run import place


@pytest.mark.parametrize(
    ("parts", "shown", "total"),
    [
        ({"a": 7, "b": 9}, {"a": 7, "b": 9}, 16),
        ({"a": 4, "b": 9, "c": 8}, {"a": None, "b": 9, "c": None}, 21),  # c too, or 21 - 9 - 8 gives a away
        ({"a": 4, "b": 3, "c": 8}, {"a": None, "b": None, "c": 8}, 15),  # together 7: nobody can tell which is which
        ({"a": 1, "b": 3, "c": 8}, {"a": None, "b": None, "c": None}, 12),  # together 4: a small number itself
        ({"a": 4}, {"a": None}, None),
        ({"a": 0, "b": 4}, {"a": None, "b": None}, None),
        ({"a": 0, "b": 7}, {"a": None, "b": None}, 7),
        ({}, {}, None),
    ],
)
def test_small_numbers_and_what_would_give_them_away(parts: dict[str, int], shown: dict[str, int | None], total: int | None) -> None:
    table = suppressed(parts)
    assert (table.parts, table.total) == (shown, total)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12)))
def test_no_small_number_can_be_computed_from_the_total(parts: dict[str, int]) -> None:
    table = suppressed(parts)
    assert all(number is None or number >= FEWEST for number in table.parts.values())
    hidden = [name for name, number in table.parts.items() if number is None]
    if table.total is not None and hidden:
        rest = table.total - sum(number for number in table.parts.values() if number is not None)
        assert len(hidden) > 1
        assert rest >= FEWEST


def test_the_report_of_a_round() -> None:
    wishes = {f"s{number:02}": f"Lisboa {number}, Praha {number}" for number in range(12)} | {"t": "Praha 2.5"}
    report = public_report(place(market({"Lisboa": 6, "Praha": 5, "Brno": 3}, wishes)))
    assert report.applicants == 13
    assert report.rows == (
        PublicRow("Brno", 3, None, None, None, None),
        PublicRow("Lisboa", 6, 12, None, 6, "6"),  # 12 first wishes are hidden because Brno and Praha have 0 and 1
        PublicRow("Praha", 5, 13, None, None, "2"),
    )
    assert report.placed_by_wish.parts == {"1": 7, "2": None, "none": None}
    assert report.placed_by_wish.total == 13


def test_a_cut_off_set_by_few_people_is_not_shown() -> None:
    report = public_report(place(market({"Lisboa": 4}, {f"s{number}": f"Lisboa {number}" for number in range(9)})))
    assert report.rows == (PublicRow("Lisboa", 4, 9, 9, None, None),)
