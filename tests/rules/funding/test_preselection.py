"""Ranking within a country: the mean of the sheets that count; ties are told."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.funding.preselection import EntryFacts, SheetFacts, conflict_refusal, contested, rank, sheets_refusal


def entry(key: str, country: str, *points: int, conflicts: tuple[int, ...] = ()) -> EntryFacts:
    return EntryFacts(key, country, (*map(SheetFacts, points), *(SheetFacts(each, conflict=True) for each in conflicts)))


def test_each_country_has_its_own_ranking_and_a_conflict_does_not_count() -> None:
    ranked = rank([entry("a", "ET", 30, 40), entry("b", "ET", 36, conflicts=(0,)), entry("c", "CO", 5), entry("d", "ET")])
    assert [(each.key, each.rank, each.score) for each in ranked] == [
        ("c", 1, Fraction(5)),
        ("b", 1, Fraction(36)),
        ("a", 2, Fraction(35)),
        ("d", None, None),
    ]
    assert [reason.because.en for reason in ranked[1].reasons] == [
        "Mean of 1 sheet(s): 36.0 points.",
        "1 sheet(s) with a conflict do not count.",
    ]
    assert ranked[1].reasons[0].because.nl == "Gemiddelde van 1 beoordeling(en): 36,0 punten."


def test_equal_scores_share_a_rank_and_say_so() -> None:
    ranked = rank([entry("a", "ET", 30), entry("b", "ET", 30), entry("c", "ET", 10)])
    assert [(each.key, each.rank, [reason.rule for reason in each.reasons]) for each in ranked] == [
        ("a", 1, ["mean", "tie"]),
        ("b", 1, ["mean", "tie"]),
        ("c", 3, ["mean"]),
    ]


def test_only_countries_for_which_several_ask_are_contested() -> None:
    assert contested(["ET", "CO", "ET", "ZA"]) == {"ET"}


@pytest.mark.parametrize(
    ("sheets", "country", "is_contested", "needed", "waiting", "rule"),
    [
        ((2, 2), "ET", True, 2, 0, None),
        ((2, 1), "ET", True, 2, 0, "decision-sheets"),
        ((2, 1), "ET", True, 2, 1, "decision-sheets"),
        ((2, 1), "ET", False, 2, 0, None),  # nobody else asks for the country
        ((1, 1), "CO", True, 1, 0, None),  # another country's proposals hold nothing up
        ((2, 2), "ET", True, 2, 1, "decision-waiting"),
        ((2, 2), "ET", False, 2, 1, "decision-waiting"),
    ],
)
def test_a_country_is_decided_when_every_rival_was_reviewed(
    sheets: tuple[int, int], country: str, is_contested: bool, needed: int, waiting: int, rule: str | None
) -> None:
    ranked = rank([*(entry(f"e{n}", "ET", *[30] * number, conflicts=(9, 9)) for n, number in enumerate(sheets)), entry("c", "CO", 20)])
    reason = sheets_refusal(ranked, country, is_contested=is_contested, needed=needed, waiting=waiting)
    assert (reason.rule if reason else None) == rule


@pytest.mark.parametrize(("reviewer", "refused"), [("writer@example.org", True), ("other@example.org", False)])
def test_who_wrote_it_does_not_review_it(reviewer: str, refused: bool) -> None:
    assert (conflict_refusal(reviewer=reviewer, writers=["writer@example.org"]) is not None) is refused


@given(
    st.lists(st.lists(st.integers(0, 50), max_size=3), max_size=6).flatmap(
        lambda rows: st.tuples(st.just(rows), st.permutations(range(len(rows))))
    )
)
def test_the_order_in_which_they_came_changes_nothing_and_better_is_never_lower(given: tuple[list[list[int]], list[int]]) -> None:
    rows, order = given
    entries = [entry(str(number), "ET", *points) for number, points in enumerate(rows)]
    ranked = rank(entries)
    assert rank([entries[index] for index in order]) == ranked
    scored = [each for each in ranked if each.score is not None]
    assert all(one.score >= other.score for one, other in pairwise(scored))
