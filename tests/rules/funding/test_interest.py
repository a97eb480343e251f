"""Completeness of an expression of interest, and flows as the grant engine reads them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goliard.rules.funding.interest import AnswerFacts, InterestFacts, interest_faults
from goliard.rules.funding.planning import Flow, Place, plan_rows
from goliard.rules.funding.question_texts import QUESTIONS
from goliard.rules.grants.plan import price_plan
from goliard.rules.grants.tables import published_table
from goliard.rules.values.distance import Point

COMPLETE = InterestFacts(
    has_title=True, has_country=True, has_partner=True, has_unit=True, needs_analysis=10, agreed_with_partner=True, goals=1, priorities=1,
    mobilities=3, answers=(AnswerFacts(1, 100, 100),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({}, []),
        ({"has_title": False}, ["Missing: the title."]),
        ({"has_country": False, "has_partner": False}, ["Missing: the country.", "Missing: the partner institution."]),
        ({"agreed_with_partner": False}, ["Confirm that travel, level, language and recognition were discussed with the partner."]),
        ({"mobilities": 0, "goals": 0}, ["Missing: at least one strategic goal.", "Missing: at least one planned mobility."]),
        ({"answers": (AnswerFacts(1, 101, 100),)}, ["The answer to question 1 is 1 characters too long (at most 100)."]),
        ({"answers": (AnswerFacts(1, 5), AnswerFacts(2, 0))}, ["Question 2 has no answer yet."]),
    ],
)
def test_everything_that_lacks_is_named(change: dict, sentences: list[str]) -> None:
    assert [reason.because.en for reason in interest_faults(replace(COMPLETE, **change))] == sentences


def test_flows_become_the_rows_of_a_plan_seen_from_home() -> None:
    home, partner = Place("NL", Point(52.16, 4.49)), Place("ET", Point(9.0, 38.8))
    flows = [Flow("incoming", "student", "studies", "second", 2, 120), Flow("outgoing", "staff", "teaching", "", 1, 7, 2)]
    rows = plan_rows(flows, home, partner)
    assert [(row.number, row.count, row.mobility.from_country, row.mobility.to_country) for row in rows] == [
        (1, 2, "ET", "NL"),
        (2, 1, "NL", "ET"),
    ]
    table = published_table("KA171", 2022)
    assert price_plan(rows, table).total.cents == 2 * 472_000 + 294_000


def test_a_call_begins_with_five_questions_and_three_quality_questions_that_add_up_to_a_hundred() -> None:
    assert [question.position for question in QUESTIONS if question.stage == "interest"] == [1, 2, 3, 4, 5]
    assert sum(question.most_points for question in QUESTIONS if question.stage == "application") == 100
    assert all(question.text.nl and question.text.en and question.criteria.nl and question.criteria.en for question in QUESTIONS)
