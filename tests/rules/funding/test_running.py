"""What may change in a running project, as tables."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from goliard.rules.funding.cooperation import KINDS, cooperation_kind
from goliard.rules.funding.running import (
    ClosureFacts,
    PartnerChangeFacts,
    Visit,
    approval_faults,
    closure_faults,
    joining_faults,
    mobility_faults,
    visit_warnings,
)
from goliard.rules.values.texts import Text

JOINS = PartnerChangeFacts("University of Mekelle", is_home=False, is_partner_already=False, country_is_granted=True)


@pytest.mark.parametrize(
    ("change", "asked", "approved"),
    [
        ({}, [], []),
        ({"is_home": True}, ["partner-home"], ["partner-home"]),
        ({"is_partner_already": True}, ["partner-twice"], ["partner-twice"]),
        ({"country_is_granted": False}, [], ["partner-amendment"]),
        ({"country_is_granted": False, "agency_reference": "NA-2027-12"}, [], []),
    ],
)
def test_a_partner_joins_from_a_granted_country_or_with_an_amendment(change: dict, asked: list[str], approved: list[str]) -> None:
    facts = replace(JOINS, **change)
    assert [reason.rule for reason in joining_faults(facts)] == asked
    assert [reason.rule for reason in approval_faults(facts)] == approved


@pytest.mark.parametrize(
    ("is_approved", "has_agreement", "rules"),
    [
        (True, True, []),
        (True, False, ["partner-without-agreement"]),
        (False, True, ["partner-not-approved"]),
        (False, False, ["partner-not-approved", "partner-without-agreement"]),
    ],
)
def test_no_mobility_uses_a_partner_before_approval_and_a_signed_agreement(is_approved: bool, has_agreement: bool, rules: list) -> None:
    assert [reason.rule for reason in mobility_faults(name="X", is_approved=is_approved, has_agreement=has_agreement)] == rules


@pytest.mark.parametrize(
    ("visit", "exchange", "rules"),
    [
        (dt.date(2023, 1, 10), dt.date(2023, 2, 1), []),
        (dt.date(2023, 2, 1), dt.date(2023, 2, 1), ["visit-late"]),
        (dt.date(2023, 3, 1), dt.date(2023, 2, 1), ["visit-late"]),
        (None, dt.date(2023, 2, 1), ["visit-undated"]),
    ],
)
def test_a_preparatory_visit_comes_before_what_it_prepares(visit: dt.date | None, exchange: dt.date, rules: list[str]) -> None:
    visits = [Visit(Text("bezoek", "visit"), visit, Text("verblijf", "stay"), exchange)]
    assert [reason.rule for reason in visit_warnings(visits)] == rules


OVER = ClosureFacts(dt.date(2026, 7, 31), dt.date(2026, 11, 1), 0, 0, has_results=True, evidence=1, open_changes=0)


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, []),
        ({"ends_on": dt.date(2026, 11, 1)}, ["closure-early"]),
        ({"ends_on": None}, ["closure-early"]),
        ({"unreported_flows": 1, "unreported_headings": 2}, ["closure-flows", "closure-money"]),
        ({"has_results": False, "evidence": 0}, ["closure-results", "closure-evidence"]),
        ({"open_changes": 1}, ["closure-changes"]),
    ],
)
def test_a_project_closes_when_everything_is_told(change: dict, rules: list[str]) -> None:
    assert [reason.rule for reason in closure_faults(replace(OVER, **change))] == rules


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("strategic partnerships", "Cooperation Partnerships"),
        ("Strategische partnerschappen", "samenwerkingspartnerschappen"),
        ("knowledge alliances", "Alliances for Innovation"),
        ("European University actions", "European Universities"),
        ("KA203", "KA220"),
    ],
)
def test_the_old_and_the_new_name_are_one_kind(old: str, new: str) -> None:
    assert cooperation_kind(old) is cooperation_kind(new) is not None


def test_a_call_uses_the_name_of_its_period_and_an_unknown_name_is_none() -> None:
    (partnerships,) = [kind for kind in KINDS if kind.key == "cooperation-partnerships"]
    assert [partnerships.name_in(year).en for year in (2018, 2020, 2021)] == [
        "Strategic Partnerships", "Strategic Partnerships", "Cooperation Partnerships",
    ]  # fmt: skip
    assert cooperation_kind("exchange") is None
