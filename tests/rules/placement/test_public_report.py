from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.rules.placement.markets import market

from goliard.rules.placement.public_report import FEWEST, PublicReport, PublicRow, public_report, suppressed
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


def equations(report: PublicReport) -> list[tuple[dict[str, int], int]]:
    """What a reader knows for certain, as sums of hidden numbers: by wish, by place and by first wish everybody is counted once."""
    total = {"total": -1} if report.applicants is None else {}
    known = []
    for table in (
        {f"rank {name}": number for name, number in report.placed_by_wish.parts.items()},
        {f"at {row.destination}": row.placed for row in report.rows} | {"rank none": report.placed_by_wish.parts["none"]},
        {f"first {row.destination}": row.first_wishes for row in report.rows},
    ):
        hidden = {name: 1 for name, number in table.items() if number is None} | total
        known.append((hidden, (report.applicants or 0) - sum(number for number in table.values() if number is not None)))
    return known


Row = tuple[dict[str, Fraction], Fraction]


def without(row: Row, pivot: str, by: Row) -> Row:
    """The row less so many times the other that the pivot is gone."""
    times = row[0].get(pivot, Fraction(0))
    left = {name: row[0].get(name, Fraction(0)) - times * by[0].get(name, Fraction(0)) for name in {*row[0], *by[0]}}
    return {name: factor for name, factor in left.items() if factor}, row[1] - times * by[1]


def computed(known: list[tuple[dict[str, int], int]]) -> dict[str, Fraction]:
    """Solve the equations (Gauss and Jordan): every hidden number that has one value only."""
    rows: list[Row] = [({name: Fraction(factor) for name, factor in terms.items()}, Fraction(value)) for terms, value in known]
    done: list[Row] = []
    while rows:
        terms, value = rows.pop()
        if not terms:
            continue
        pivot = min(terms)
        by = {name: factor / terms[pivot] for name, factor in terms.items()}, value / terms[pivot]
        rows, done = [without(row, pivot, by) for row in rows], [*(without(row, pivot, by) for row in done), by]
    return {next(iter(terms)): value for terms, value in done if len(terms) == 1}


def test_those_without_a_place_are_not_computed_from_those_with_one() -> None:
    wishes = {f"l{number:02}": f"Lisboa {number}, Praha {number}" for number in range(24)}
    report = public_report(place(market({"Lisboa": 10, "Praha": 10}, wishes)))
    assert report.applicants == 24
    assert report.placed_by_wish.parts == {"1": None, "2": 10, "none": None}
    assert [row.placed for row in report.rows] == [None, 10], "10 + 10 of 24 would tell of 4 without a place"
    assert computed(equations(report)) == {}


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True), max_size=40), st.integers(1, 12))
def test_no_hidden_number_is_computed_from_all_tables(lists: list[list[str]], places: int) -> None:
    wishes = {f"s{number:02}": ", ".join(f"{name} {number}" for name in names) for number, names in enumerate(lists)}
    report = public_report(place(market({"a": places, "b": 5, "c": 9}, wishes)))
    assert computed(equations(report)) == {}
