"""Completeness and eligibility of the application, and the award criteria as data."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from goliard.rules.funding.application import ApplicationFacts, PartnershipFacts, check_application
from goliard.rules.funding.award_criteria import TABLES, award_criteria
from goliard.rules.funding.interest import AnswerFacts
from goliard.rules.grants.status import Status
from goliard.rules.values.texts import Reason, Text

PARTNERSHIP = PartnershipFacts("1", "Stars (ET)", "Sub-Saharan Africa", True, 3, 1, (AnswerFacts(1, 10, 5000),))
WHOLE = ApplicationFacts(dt.date(2027, 8, 1), dt.date(2030, 7, 31), 36, (PARTNERSHIP,))
WHY = Reason("staff-days", Text("te kort", "too short"))


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, []),
        ({"partnerships": ()}, ["application-empty"]),
        ({"starts_on": None}, ["application-period"]),
        ({"ends_on": dt.date(2027, 8, 1)}, ["application-period"]),
        ({"ends_on": dt.date(2030, 8, 1)}, ["application-too-long"]),
        ({"partnerships": (replace(PARTNERSHIP, region="", partner_known=False),)}, ["partnership-region", "partnership-partner"]),
        ({"partnerships": (replace(PARTNERSHIP, mobilities=0, priorities=0),)}, ["partnership-flows", "partnership-priorities"]),
        ({"partnerships": (replace(PARTNERSHIP, answers=(AnswerFacts(1, 0, 5000),)),)}, ["answer-missing"]),
        ({"partnerships": (replace(PARTNERSHIP, refused=(WHY,), missing=("org_support",)),)}, ["staff-days", "partnership-figure"]),
    ],
)
def test_each_fault_has_its_reason(change: dict, rules: list[str]) -> None:
    found = check_application(replace(WHOLE, **change))
    assert [each.reason.rule for each in found if each.is_fault] == rules


def test_a_warning_of_the_engine_stands_in_nobodys_way() -> None:
    (found,) = check_application(replace(WHOLE, partnerships=(replace(PARTNERSHIP, warned=(WHY,)),)))
    assert (found.is_fault, found.name) == (False, "Stars (ET)")


def test_the_criteria_of_an_action_add_up_to_a_hundred_and_say_that_their_weights_are_not_verified() -> None:
    assert [sum(each.weight for each in table.criteria) for table in TABLES] == [100, 100]
    assert {table.weights_status for table in TABLES} == {Status.U}
    assert award_criteria("KA171", 2021) is None
    known = award_criteria("KA171", 2026)
    assert known is not None
    assert (known.threshold, known.threshold_status) == (60, Status.V2)
