"""Which of our agreements a partner's copy may belong to, and why."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from goliard.rules.agreements.copy import Condition, ConditionKind, Copy, Side, Subject
from goliard.rules.agreements.pairing import Candidate, pairings
from goliard.rules.values.academic_year import AcademicYear

PARTIES = frozenset({"home.example.org", "partner.example.org"})


def a_condition(subject: str = "0222", *, first: int = 2026, kind: ConditionKind = ConditionKind.STUDENT_STUDIES) -> Condition:
    return Condition(
        kind=kind,
        sending=Side("home.example.org"),
        receiving=Side("partner.example.org"),
        first_year=AcademicYear(first, first + 1),
        last_year=AcademicYear(first + 2, first + 3),
        mobilities=2,
        amount=Decimal(20),
        subjects=frozenset({Subject(subject)}),
    )


def a_copy(*conditions: Condition) -> Copy:
    return Copy(PARTIES, conditions)


HISTORY, LAW = a_copy(a_condition()), a_copy(a_condition("0421"))
OLD = a_copy(a_condition(first=2014))
CANDIDATES = (
    Candidate(1, LAW, iia_id="a1"),
    Candidate(2, HISTORY, iia_id="a2", codes=frozenset({"HIST-26"})),
    Candidate(3, OLD, iia_id="a3"),
)


def order(theirs: Copy, *, names: str = "", code: str = "", candidates=CANDIDATES) -> list[int]:
    return [each.key for each in pairings(theirs, names=names, code=code, candidates=candidates)]


def test_what_is_about_the_same_comes_first() -> None:
    assert order(HISTORY)[0] == 2
    assert order(LAW)[0] == 1
    assert order(replace(HISTORY, conditions=(replace(a_condition(), mobilities=5),)))[0] == 2


def test_a_copy_that_names_ours_is_the_one_whatever_it_says() -> None:
    (first, *_) = pairings(HISTORY, names="a1", code="", candidates=CANDIDATES)
    assert first.key == 1
    assert first.reasons[0].en == "their copy names our id"


def test_the_number_that_people_know_it_by_counts() -> None:
    assert order(a_copy(a_condition("0912")), code="hist-26")[0] == 2


def test_what_belongs_to_another_copy_comes_last() -> None:
    mapped = (replace(CANDIDATES[1], is_mapped=True), CANDIDATES[0])
    assert order(HISTORY, candidates=mapped) == [1, 2]


def test_the_reasons_say_what_was_found() -> None:
    (first, *_) = pairings(HISTORY, names="", code="HIST-26", candidates=CANDIDATES)
    assert [reason.en for reason in first.reasons] == [
        "the same number: HIST-26",
        "1 of 1 conditions have the same mobility and direction, 1 also the same subject",
        "the academic years overlap",
        "the copies say the same",
    ]


def test_an_empty_copy_fits_nothing_well() -> None:
    assert {each.score for each in pairings(a_copy(), names="", code="", candidates=CANDIDATES)} == {0}
