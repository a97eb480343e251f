"""Planned stays as an officer would check them: days, sessions, teaching hours, short stays of doctoral candidates, a host of one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.applications.stay import Host, Session, StayAsked, StayFacts, hours_needed, stay_faults
from goliard.rules.values.eqf import EqfLevel

TODAY, FIRST = date(2026, 11, 20), date(2027, 3, 1)
STAFF = StayAsked(frozenset({"teaching", "training"}), 2, 60, teaching_hours=8, sessions=True)
STUDENTS = StayAsked(frozenset({"study", "traineeship", "research", "activity"}), 60, 360, doctoral_short_stays=True)
HOST = Host("Company", "Lyon", "FR", "Supervisor", "supervisor@example.org", "Tests")


def stay(purpose: str, days: int, **more: object) -> StayFacts:
    return StayFacts(purpose, FIRST, FIRST + timedelta(days=days - 1), **more)  # type: ignore[arg-type]


def sessions(*hours: str) -> dict[str, object]:
    return {"sessions": tuple(Session(f"Session {number}", Decimal(each)) for number, each in enumerate(hours))}


CASES = [
    ("a week of teaching", STAFF, stay("teaching", 5, **sessions("4", "4")), []),
    ("training asks no hours", STAFF, stay("training", 2, **sessions("1")), []),
    ("eight hours even in two days", STAFF, stay("teaching", 2, **sessions("7.5")), ["at least 8 hours in 2 days; there are 7.5"]),
    ("in proportion after a week", STAFF, stay("teaching", 10, **sessions("8")), ["at least 12 hours in 10 days"]),
    ("no session", STAFF, stay("training", 5), ["Name at least one session"]),
    ("a session without hours", STAFF, stay("training", 5, sessions=(Session("Writing", None),)), ["Give the hours of “Writing”."]),
    ("hours without a topic", STAFF, stay("training", 5, **sessions("2")), []),
    ("one day", STAFF, stay("training", 1, **sessions("2")), ["takes 1 days; it has to be 2 to 60 days."]),
    ("too long", STAFF, stay("training", 61, **sessions("2")), ["takes 61 days"]),
    ("a student's purpose", STAFF, stay("study", 5, **sessions("2")), ["Choose what you go for."]),
    ("a semester", STUDENTS, stay("study", 150, cycle=EqfLevel.MASTER), []),
    ("a short activity of a master student", STUDENTS, stay("activity", 7, cycle=EqfLevel.MASTER), ["takes 7 days"]),
    ("a summer school of a doctoral candidate", STUDENTS, stay("activity", 7, cycle=EqfLevel.DOCTORATE), []),
    ("four days are too short for them too", STUDENTS, stay("activity", 4, cycle=EqfLevel.DOCTORATE), ["5 to 30 days for PhD"]),
    ("thirty-one days are neither", STUDENTS, stay("research", 31, cycle=EqfLevel.DOCTORATE), ["takes 31 days"]),
    ("backwards", STUDENTS, StayFacts("study", FIRST, FIRST - timedelta(days=1)), ["before the first"]),
    ("without dates", STUDENTS, StayFacts("study"), ["Give the first and the last day."]),
    ("in the past", STUDENTS, StayFacts("study", TODAY, TODAY + timedelta(days=99)), ["has passed already"]),
    ("a host of one's own", STUDENTS, stay("traineeship", 90, host=HOST), []),
    ("a host without an address", STUDENTS, stay("traineeship", 90, host=replace(HOST, contact_email="")), ["the e-mail address"]),
    ("a round that asks for no stay", StayAsked(), StayFacts(), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "asked", "facts", "said"), CASES, ids=[case[0] for case in CASES])
def test_what_a_stay_lacks(name: str, asked: StayAsked, facts: StayFacts, said: list[str]) -> None:
    found = [fault.because.en for fault in stay_faults(facts, asked, TODAY)]
    assert len(found) == len(said), found
    assert all(part in sentence for part, sentence in zip(said, found, strict=True)), found


@pytest.mark.parametrize("purpose", ["study", "traineeship", "research", "activity"])
def test_a_master_student_may_choose_each_kind_of_opportunity(purpose: str) -> None:
    assert stay_faults(stay(purpose, 90, cycle=EqfLevel.MASTER), STUDENTS, TODAY) == ()


@given(days=st.integers(1, 400), weekly=st.integers(1, 40))
def test_hours_never_fall_with_days_and_never_below_a_week(days: int, weekly: int) -> None:
    assert weekly <= hours_needed(days, weekly) <= hours_needed(days + 1, weekly)
    assert hours_needed(14, weekly) == 2 * weekly
