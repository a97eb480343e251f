from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from goliard.rules.eligibility.facts import LanguageSkill, Person, Requirements, TravelAdvice
from goliard.rules.eligibility.verdict import refusals
from goliard.rules.values.cefr import CefrLevel
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import IscedField

STUDENT = Person(
    is_enrolled=True,
    cycle=EqfLevel.BACHELOR,
    programme="law",
    faculty="LAW",
    subject=IscedField("0421"),
    credits=Decimal(60),
    average=Decimal("7.0"),
    languages=(LanguageSkill("en", CefrLevel.B2), LanguageSkill("fr", CefrLevel.A2)),
    nationalities=frozenset({"NL"}),
)
UNIVERSITY_WIDE = Requirements(minimum_credits=Decimal(60), minimum_average=Decimal("7.0"))


def changed(**facts: object) -> Person:
    return replace(STUDENT, **facts)


def test_whoever_meets_everything_may_apply() -> None:
    everything = Requirements(
        minimum_credits=Decimal(60),
        minimum_average=Decimal("7.0"),
        cycles=frozenset({EqfLevel.BACHELOR}),
        programmes=frozenset({"law"}),
        faculties=frozenset({"LAW"}),
        subjects=frozenset({IscedField("04")}),
        languages=(LanguageSkill("es", CefrLevel.B1), LanguageSkill("en", CefrLevel.B2)),
        only_nationalities=frozenset({"NL", "BE"}),
        barred_nationalities=frozenset({"JP"}),
    )
    assert refusals(STUDENT, everything, TravelAdvice.YELLOW) == ()
    assert refusals(Person(is_enrolled=True), Requirements()) == ()


@pytest.mark.parametrize(
    ("person", "requirements", "nl", "en"),
    [
        (changed(is_enrolled=False), Requirements(), "je bent niet ingeschreven.", "you are not enrolled."),
        (changed(credits=Decimal("59.5")), UNIVERSITY_WIDE, "je hebt 59,5 EC; nodig: 60 EC.", "you have 59.5 EC; needed: 60 EC."),
        (
            changed(credits=None),
            UNIVERSITY_WIDE,
            "je studiepunten zijn niet bekend; nodig: 60 EC.",
            "your credits are not known; needed: 60 EC.",
        ),
        (
            changed(average=Decimal("6.96")),
            UNIVERSITY_WIDE,
            "je gemiddelde is 6,96; nodig: 7,0.",
            "your average is 6.96; needed: 7.0.",
        ),
        (changed(average=None), UNIVERSITY_WIDE, "je gemiddelde is niet bekend; nodig: 7,0.", "your average is not known; needed: 7.0."),
        (
            changed(average=None, bachelor_average=Decimal(9)),
            UNIVERSITY_WIDE,
            "je gemiddelde is niet bekend; nodig: 7,0.",
            "your average is not known; needed: 7.0.",
        ),
        (
            STUDENT,
            Requirements(cycles=frozenset({EqfLevel.DOCTORATE, EqfLevel.MASTER})),
            "dit is voor een ander studieniveau: Master (EQF 7) of Promotie (EQF 8).",
            "this is for another level of study: Master (EQF 7) or Doctorate (EQF 8).",
        ),
        (
            changed(cycle=None),
            Requirements(cycles=frozenset({EqfLevel.MASTER})),
            "je studieniveau is niet bekend; gevraagd is: Master (EQF 7).",
            "your level of study is not known; asked for: Master (EQF 7).",
        ),
        (STUDENT, Requirements(programmes=frozenset({"history"})), "dit is niet voor jouw opleiding.", "this is not for your programme."),
        (STUDENT, Requirements(faculties=frozenset({"FGW"})), "dit is niet voor jouw faculteit.", "this is not for your faculty."),
        (
            STUDENT,
            Requirements(subjects=frozenset({IscedField("02")})),
            "dit is niet voor jouw vakgebied.",
            "this is not for your subject area.",
        ),
        (
            changed(subject=None),
            Requirements(subjects=frozenset({IscedField("04")})),
            "dit is niet voor jouw vakgebied.",
            "this is not for your subject area.",
        ),
        (
            STUDENT,
            Requirements(languages=(LanguageSkill("fr", CefrLevel.B1), LanguageSkill("en", CefrLevel.C1))),
            "taalniveau dat gevraagd wordt: fr B1 of en C1.",
            "language level asked for: fr B1 or en C1.",
        ),
        (
            STUDENT,
            Requirements(only_nationalities=frozenset({"JP"})),
            "dit is voor andere nationaliteiten.",
            "this is for other nationalities.",
        ),
        (
            STUDENT,
            Requirements(barred_nationalities=frozenset({"NL"})),
            "dit staat niet open voor jouw nationaliteit.",
            "this is not open to your nationality.",
        ),
        (
            changed(nationalities=frozenset()),
            Requirements(barred_nationalities=frozenset({"JP"})),
            "je nationaliteit is niet bekend.",
            "your nationality is not known.",
        ),
    ],
)
def test_why_not(*, person: Person, requirements: Requirements, nl: str, en: str) -> None:
    (reason,) = refusals(person, requirements)
    assert (reason.because.nl, reason.because.en) == (nl, en)
    assert reason.rule == f"eligibility.{reason.field}"


@pytest.mark.parametrize(
    ("person", "requirements"),
    [
        (changed(cycle=EqfLevel.MASTER, average=None, bachelor_average=Decimal("7.2"), credits=Decimal(0)), UNIVERSITY_WIDE),
        (changed(nationalities=frozenset({"NL", "JP"})), Requirements(barred_nationalities=frozenset({"JP"}))),
        (changed(average=Decimal("6.5")), Requirements(minimum_average=Decimal("6.5"))),
        (changed(languages=(LanguageSkill("en", CefrLevel.NATIVE),)), Requirements(languages=(LanguageSkill("en", CefrLevel.C2),))),
    ],
)
def test_what_does_not_stand_in_the_way(person: Person, requirements: Requirements) -> None:
    assert refusals(person, requirements) == ()


@pytest.mark.parametrize(
    ("advice", "text"),
    [
        (None, None),
        (TravelAdvice.GREEN, None),
        (TravelAdvice.YELLOW, None),
        (TravelAdvice.ORANGE, "het reisadvies is oranje."),
        (TravelAdvice.RED, "het reisadvies is rood."),
    ],
)
def test_travel_advice(advice: TravelAdvice | None, text: str | None) -> None:
    assert [reason.because.nl for reason in refusals(STUDENT, UNIVERSITY_WIDE, advice)] == ([text] if text else [])


def test_everything_that_stands_in_the_way_is_said() -> None:
    person = Person(is_enrolled=False, credits=Decimal(10), average=Decimal(5))
    fields = [reason.field for reason in refusals(person, UNIVERSITY_WIDE, TravelAdvice.RED)]
    assert fields == ["enrolment", "credits", "average", "travel-advice"]
