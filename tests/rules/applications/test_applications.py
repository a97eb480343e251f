"""What is missing, what is late, and what happens next, as tables that an officer can read."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.applications.completeness import AnswerFacts, ApplicationFacts, DocumentFacts, WishFacts, application_faults
from goliard.rules.applications.lateness import too_late
from goliard.rules.applications.next_step import Acts, StageFacts, next_step
from goliard.rules.values.texts import Reason, Text

AMSTERDAM = "Europe/Amsterdam"
DEADLINE = dt.datetime(2026, 12, 1, 23, 59, tzinfo=ZoneInfo(AMSTERDAM))
BEFORE, AFTER = DEADLINE - dt.timedelta(days=1), DEADLINE + dt.timedelta(seconds=1)
RESULTS = dt.date(2027, 2, 1)
ALPHA, BRAVO = Text("Alfa", "Alpha"), Text("Bravo", "Bravo")
LOW = Reason("eligibility.average", Text("je gemiddelde is 6,5; nodig: 7.", "your average is 6.5; needed: 7."), field="average")
WHY, LIST = Text("Waarom?", "Why?"), Text("Cijferlijst", "Transcript")


def facts(*, wishes: tuple[WishFacts, ...] = (WishFacts(1, ALPHA),), length: int = 10, there: bool = True) -> ApplicationFacts:
    return ApplicationFacts(1, 2, wishes, (AnswerFacts(WHY, True, length, 100),), (DocumentFacts(LIST, True, there),))


COMPLETENESS = [
    (facts(), ()),
    (facts(wishes=()), ("Choose at least one wish; you have 0.",)),
    (facts(wishes=tuple(WishFacts(rank, ALPHA) for rank in (1, 2, 3))), ("Choose at most 2 wishes; you have 3.",)),
    (facts(wishes=(WishFacts(1, ALPHA), WishFacts(3, BRAVO))), ("The wishes are not numbered without gaps.",)),
    (facts(wishes=(WishFacts(1, ALPHA, (LOW,)),)), ("Wish 1, Alpha: your average is 6.5; needed: 7.",)),
    (facts(length=0), ("No answer yet: Why?",)),
    (facts(length=105), ("5 characters too long: Why?",)),
    (facts(there=False), ("Not added yet: Transcript",)),
    (
        facts(wishes=(), length=0, there=False),
        ("Choose at least one wish; you have 0.", "No answer yet: Why?", "Not added yet: Transcript"),
    ),
]


@pytest.mark.parametrize(("given_facts", "told"), COMPLETENESS)
def test_all_that_is_missing_is_told_at_once(given_facts: ApplicationFacts, told: tuple[str, ...]) -> None:
    faults = application_faults(given_facts)
    assert tuple(fault.because.en for fault in faults) == told
    assert all(fault.because.nl != fault.because.en for fault in faults)


def test_what_is_not_required_may_be_left_out_and_a_wish_is_named_where_it_is_asked_for() -> None:
    optional = ApplicationFacts(1, 2, (WishFacts(1, ALPHA),), (AnswerFacts(WHY, False, 0, 0),), (DocumentFacts(LIST, False, False),))
    assert application_faults(optional) == ()
    about = ApplicationFacts(1, 2, (WishFacts(1, ALPHA),), (AnswerFacts(WHY, True, 0, 0, ALPHA),))
    assert [fault.because.nl for fault in application_faults(about)] == ["Nog geen antwoord: Waarom? (Alfa)"]


@given(st.integers(-(10**6), 10**6))
def test_the_deadlines_own_moment_is_in_time_and_nothing_after_it(milliseconds: int) -> None:
    arrived = DEADLINE + dt.timedelta(milliseconds=milliseconds)
    assert (too_late(arrived=arrived, last_moment=DEADLINE, zone=AMSTERDAM) is not None) == (milliseconds > 0)


def test_late_says_both_moments_on_the_clocks_of_the_round() -> None:
    late = too_late(arrived=dt.datetime(2026, 12, 1, 22, 59, 0, 250_000, tzinfo=dt.UTC), last_moment=DEADLINE, zone=AMSTERDAM)
    assert late is not None
    assert late.because.en == (
        "Too late: this arrived at 2026-12-01 23:59:00.250 (Europe/Amsterdam); the deadline was 2026-12-01 23:59:00.000 (Europe/Amsterdam)."
    )


def stage(state: str, round_state: str = "open", **more: object) -> StageFacts:
    return StageFacts(state, round_state, DEADLINE, AMSTERDAM, RESULTS, **more)  # type: ignore[arg-type]


STEPS = [
    (stage("draft"), BEFORE, "Complete your application and submit it.", Acts.APPLICANT, DEADLINE),
    (stage("draft"), AFTER, "The deadline has passed; this draft was not submitted.", Acts.NOBODY, None),
    (stage("submitted"), BEFORE, "Submitted. Until the deadline you can still change it.", Acts.OFFICE, RESULTS),
    (
        stage("submitted", has_changes=True), BEFORE,
        "You changed something after you submitted: submit again, or what you submitted before counts.", Acts.APPLICANT, DEADLINE,
    ),
    (
        stage("submitted", "scoring", has_changes=True), AFTER, "The office assesses the applications and gives out the places.",
        Acts.OFFICE, RESULTS,
    ),
    (stage("submitted", "closed", asked_until=AFTER), BEFORE, "The office asks you for a document.", Acts.APPLICANT, AFTER),
    (stage("submitted", "published"), AFTER, "The results are known.", Acts.APPLICANT, None),
    (stage("withdrawn", "published"), AFTER, "You withdrew this application.", Acts.NOBODY, None),
]  # fmt: skip


@pytest.mark.parametrize(("given_facts", "now", "told", "who", "until"), STEPS)
def test_what_happens_next_until_when_and_who_acts(given_facts: StageFacts, now: dt.datetime, told: str, who: Acts, until: object) -> None:
    step = next_step(given_facts, now)
    assert (step.what.en, step.who, step.until) == (told, who, until)
