"""Instalments, and what a stay is worth once it has ended."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.entitlement import price_mobility
from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.instalments import balance, balance_due, first_due, instalments, settle
from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.tables import published_table
from goliard.rules.values.distance import Point
from goliard.rules.values.money import Money

TABLE = published_table("KA171", 2022)
AGREED = Mobility(
    Direction.INCOMING, Participant.STUDENT, Activity.STUDIES, Cycle.SECOND, 150, "ID", "NL", Point(-6.21, 106.85), Point(52.16, 4.49)
)


def test_eighty_and_twenty() -> None:
    first, rest = instalments(Money(575_000), Decimal(80), TABLE)
    assert (first.amount, rest.amount) == (Money(460_000), Money(115_000))
    assert first.because.nl == "80 % van € 5.750,00"


@given(st.integers(0, 10_000_000), st.decimals(70, 100, places=1))
def test_instalments_add_up_to_the_grant(cents: int, percent: Decimal) -> None:
    first, rest = instalments(Money(cents), percent, TABLE)
    assert first.amount + rest.amount == Money(cents)
    assert rest.amount >= Money(0)


@pytest.mark.parametrize("percent", [Decimal("69.9"), Decimal("100.1"), Decimal(0)])
def test_a_share_outside_the_borders(percent: Decimal) -> None:
    with pytest.raises(Ineligible, match="70 to 100 %"):
        instalments(Money(100), percent, TABLE)


def test_a_call_without_payment_rules_stops() -> None:
    with pytest.raises(MissingFigure, match="first_instalment_min of KA107 2018"):
        instalments(Money(100), Decimal(80), published_table("KA107", 2018))


def test_days_on_which_payment_is_due() -> None:
    assert first_due(date(2023, 1, 15), TABLE) == date(2023, 2, 14)
    assert balance_due(date(2023, 7, 1), TABLE) == date(2023, 8, 15)


@pytest.mark.parametrize(
    ("confirmed", "cents", "sentence"),
    [
        (150, 425_000, "no more than 5 days shorter than agreed: the amount stays"),
        (145, 425_000, "no more than 5 days shorter than agreed: the amount stays"),
        (144, 408_000, "6 days shorter than agreed: computed anew"),
        (60, 170_000, "90 days shorter than agreed: computed anew"),
        (170, 425_000, "20 days longer than agreed: without grant"),
    ],
)
def test_the_amount_never_rises_after_the_stay(confirmed: int, cents: int, sentence: str) -> None:
    settlement = settle(AGREED, confirmed, TABLE)
    assert settlement.entitlement.lines[0].amount == Money(cents)
    assert settlement.because.en == sentence


def test_too_much_was_paid() -> None:
    assert balance(Money(200_000), Money(230_000), TABLE).amount == Money(-30_000)


def test_a_stay_cut_off_before_the_minimum_is_for_a_person_to_decide() -> None:
    with pytest.raises(Ineligible, match="at least 60 days"):
        settle(AGREED, 40, TABLE)


@given(st.integers(60, 360), st.integers(60, 360))
def test_no_confirmed_length_pays_more_than_was_agreed(agreed: int, confirmed: int) -> None:
    from dataclasses import replace

    stay = replace(AGREED, days=agreed)
    assert settle(stay, confirmed, TABLE).entitlement.total <= price_mobility(stay, TABLE).total
