"""Two copies compared: what differs in meaning, and only that."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.agreements.comparison import compare
from goliard.rules.agreements.copy import Condition, ConditionKind, Copy, Language, Side, Subject
from goliard.rules.agreements.obstacles import obstacles
from goliard.rules.values.academic_year import AcademicYear

HOME, PARTNER = Side("home.example.org"), Side("partner.example.org")
OUT = Condition(
    kind=ConditionKind.STUDENT_STUDIES,
    sending=HOME,
    receiving=PARTNER,
    first_year=AcademicYear(2026, 2027),
    last_year=AcademicYear(2028, 2029),
    mobilities=2,
    amount=Decimal(20),
    eqf_levels=frozenset({6, 7}),
    subjects=frozenset({Subject("0222"), Subject("0232", "Dutch")}),
    languages=frozenset({Language("en", "B2"), Language("fr", "B1")}),
)
BACK = replace(OUT, sending=PARTNER, receiving=HOME)
LAW = replace(OUT, subjects=frozenset({Subject("0421")}), mobilities=1, amount=Decimal(5))


def copy(*conditions: Condition) -> Copy:
    return Copy(frozenset({HOME.hei, PARTNER.hei}), conditions)


@pytest.mark.parametrize(
    ("change", "field", "ours", "theirs"),
    [
        ({"mobilities": 3}, "mobilities", "2", "3"),
        ({"amount": Decimal(18)}, "amount", "20", "18"),
        ({"eqf_levels": frozenset({6})}, "eqf_levels", "6, 7", "6"),
        ({"subjects": frozenset({Subject("0222")})}, "subjects", "0222, 0232 Dutch", "0222"),
        ({"languages": frozenset({Language("en", "C1"), Language("fr", "B1")})}, "languages", "en B2, fr B1", "en C1, fr B1"),
        ({"is_blended": True}, "is_blended", "–", "✓"),
        ({"last_year": AcademicYear(2027, 2028)}, "last_year", "2028/2029", "2027/2028"),
        ({"sending": Side("home.example.org", "law")}, "sending", "home.example.org", "home.example.org (law)"),
        ({"other_terms": "By rail"}, "other_terms", "", "By rail"),
    ],
)
def test_a_changed_field_is_named_with_both_values(change: dict, field: str, ours: str, theirs: str) -> None:
    (difference,) = compare(copy(OUT, BACK), copy(BACK, replace(OUT, **change)))
    assert (difference.field, difference.ours, difference.theirs) == (field, ours, theirs)
    assert difference.where.en == "students for studies, home.example.org → partner.example.org"


def test_ten_months_a_student_against_twenty_in_all_is_named() -> None:
    (difference,) = compare(copy(OUT), copy(replace(OUT, amount=Decimal("10.00"))))
    assert difference.hint is not None
    assert difference.hint.en == "10 months is probably for each person: 2 × 10 = 20 months in all."
    assert difference.hint.nl == "10 maanden is waarschijnlijk per persoon: 2 × 10 = 20 maanden in totaal."


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (replace(OUT, amount=Decimal(20)), replace(OUT, amount=Decimal("20.00"))),
        (replace(OUT, other_terms="By  rail "), replace(OUT, other_terms="by rail")),
    ],
)
def test_what_means_the_same_is_no_difference(ours: Condition, theirs: Condition) -> None:
    assert compare(copy(ours), copy(theirs)) == ()


def test_a_condition_on_one_side_only_is_told_as_such() -> None:
    (gone,) = compare(copy(OUT, LAW), copy(OUT))
    assert (gone.field, gone.label.en, gone.ours, gone.theirs) == ("condition", "only in our copy", "1 · 5", "")
    (come,) = compare(copy(OUT), copy(LAW, OUT))
    assert (come.label.en, come.ours, come.theirs) == ("only in their copy", "", "1 · 5")


def test_conditions_are_matched_by_subject_before_numbers() -> None:
    ours = copy(OUT, LAW)
    theirs = copy(replace(LAW, mobilities=2, amount=Decimal(20)), replace(OUT, mobilities=1, amount=Decimal(5)))
    assert sorted((each.field, each.ours, each.theirs) for each in compare(ours, theirs)) == [
        ("amount", "20", "5"),
        ("amount", "5", "20"),
        ("mobilities", "1", "2"),
        ("mobilities", "2", "1"),
    ]


def test_parties_and_termination_are_compared() -> None:
    theirs = Copy(frozenset({HOME.hei, "other.example.org"}), (OUT,), is_terminated=True)
    assert [each.field for each in compare(copy(OUT), theirs)] == ["parties", "is_terminated"]


conditions = st.builds(
    Condition,
    kind=st.sampled_from(ConditionKind),
    sending=st.sampled_from([HOME, PARTNER]),
    receiving=st.sampled_from([HOME, PARTNER]),
    first_year=st.just(AcademicYear(2026, 2027)),
    last_year=st.integers(2026, 2029).map(lambda year: AcademicYear(year, year + 1)),
    mobilities=st.integers(1, 4),
    amount=st.none() | st.decimals(1, 40, places=2),
    eqf_levels=st.frozensets(st.integers(5, 8)),
    subjects=st.frozensets(st.sampled_from(["0222", "0421", "0912"]).map(Subject), max_size=2),
    languages=st.frozensets(st.sampled_from([Language("en", "B2"), Language("nl", "B1")])),
)


@given(st.lists(conditions, max_size=6), st.randoms(use_true_random=False))
def test_a_copy_equals_itself_in_any_order(made: list[Condition], shuffle) -> None:
    shuffled = list(made)
    shuffle.shuffle(shuffled)
    assert compare(copy(*made), copy(*shuffled)) == ()


@given(st.lists(conditions, max_size=5), st.lists(conditions, max_size=5))
def test_seen_from_the_other_side_the_differences_are_mirrored(ours: list[Condition], theirs: list[Condition]) -> None:
    here, there = compare(copy(*ours), copy(*theirs)), compare(copy(*theirs), copy(*ours))
    assert bool(here) == bool(there)
    assert len([each for each in here if each.field == "condition"]) == len([each for each in there if each.field == "condition"])


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, []),
        ({"languages": frozenset()}, ["language"]),
        ({"languages": frozenset({Language("en")})}, ["cefr"]),
        ({"subjects": frozenset({Subject("022")})}, ["isced"]),
        ({"eqf_levels": frozenset()}, ["eqf"]),
        ({"amount": None}, ["amount"]),
        ({"amount": Decimal(0)}, ["amount"]),
        ({"mobilities": 0}, ["mobilities"]),
        ({"last_year": AcademicYear(2025, 2026)}, ["years"]),
        ({"receiving": HOME}, ["one-side"]),
        ({"sending": Side("stranger.example.org")}, ["foreign-side"]),
        ({"kind": ConditionKind.STAFF_TRAINING, "languages": frozenset(), "eqf_levels": frozenset(), "amount": None}, []),
    ],
)
def test_what_stands_in_the_way_of_approval_is_told_before_sending(change: dict, rules: list[str]) -> None:
    found = obstacles(copy(replace(OUT, **change)), in_network=True)
    assert [each.rule for each in found] == rules
    assert all(each.because.nl.startswith("Voorwaarde 1") for each in found)


def test_outside_the_network_wide_subjects_and_more_partners_are_fine() -> None:
    many = Copy(frozenset({HOME.hei, PARTNER.hei, "third.example.org"}), (replace(OUT, subjects=frozenset({Subject("02")})),))
    assert obstacles(many, in_network=False) == ()
    assert [each.rule for each in obstacles(many, in_network=True)] == ["two-parties", "isced"]


def test_an_empty_copy_cannot_be_approved() -> None:
    assert [each.rule for each in obstacles(Copy(frozenset({HOME.hei}), ()), in_network=True)] == ["parties", "conditions"]
