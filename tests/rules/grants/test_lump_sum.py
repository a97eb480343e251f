"""LUSTRA+: one sum by the length of the stay, under the university's conditions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from goliard.rules.grants.carry_forward import carry_forward
from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.lump_sum import ScholarshipStay, payment_window, price_scholarship
from goliard.rules.grants.mobility import Cycle
from goliard.rules.grants.tables import published_table
from goliard.rules.values.money import Money
from goliard.rules.values.period import Period

TABLE = published_table("LUSTRA", 2026)
START = date(2027, 2, 1)
STAY = ScholarshipStay(
    cycle=Cycle.FIRST,
    to_country="JP",
    period=Period(START, date(2027, 6, 30)),
    applied_on=date(2026, 12, 1),
    approved_by_board=True,
    for_credit=True,
    travel_allowed=True,
)


@pytest.mark.parametrize(
    ("end", "holidays", "euros"),
    [
        (date(2027, 2, 14), 0, 200),
        (date(2027, 2, 28), 0, 200),
        (date(2027, 3, 1), 0, 300),
        (date(2027, 4, 30), 0, 300),
        (date(2027, 5, 1), 0, 450),
        (date(2027, 5, 1), 1, 300),
        (date(2027, 8, 4), 0, 450),  # six months and four days
        (date(2027, 8, 25), 0, 450),  # six months and twenty-five days
        (date(2027, 8, 30), 0, 450),
        (date(2027, 9, 1), 0, 650),
        (date(2027, 9, 30), 0, 650),  # eight months
        (date(2028, 1, 30), 0, 650),
    ],
)
def test_sums_by_length(end: date, holidays: int, euros: int) -> None:
    stay = replace(STAY, period=Period(START, end), holidays=holidays)
    assert price_scholarship(stay, TABLE).total == Money(euros * 100)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"period": Period(START, START + timedelta(days=12))}, ["period"]),
        ({"period": Period(START, date(2028, 2, 1))}, ["period"]),
        ({"holidays": 140}, ["period"]),
        ({"to_country": "TR"}, ["to_country"]),
        ({"to_country": "FR"}, ["to_country"]),
        ({"to_country": "UA"}, ["to_country"]),
        ({"cycle": Cycle.THIRD}, ["cycle"]),
        ({"applied_on": date(2027, 1, 19)}, ["applied_on"]),
        ({"eu_grant": True}, ["eu_grant"]),
        ({"approved_by_board": False, "for_credit": False}, ["approved_by_board", "for_credit"]),
        ({"travel_allowed": False}, ["travel_allowed"]),
        ({"days_used_in_cycle": 211}, ["days_used_in_cycle"]),
    ],
)
def test_conditions(change: dict[str, object], fields: list[str]) -> None:
    with pytest.raises(Ineligible) as refusal:
        price_scholarship(replace(STAY, **change), TABLE)  # type: ignore[arg-type]
    assert [reason.field for reason in refusal.value.reasons] == fields
    assert all(reason.source == "requirements A7" for reason in refusal.value.reasons)


def test_a_table_without_sums_stops() -> None:
    with pytest.raises(MissingFigure, match="lump sums of LUSTRA 2026"):
        price_scholarship(STAY, replace(TABLE, lump_sums=()))


def test_a_carried_forward_table_warns_and_still_knows_its_lengths() -> None:
    table = carry_forward(TABLE, 2027)
    late = price_scholarship(replace(STAY, applied_on=date(2027, 1, 19)), table)
    assert (late.total, [warning.rule for warning in late.warnings]) == (Money(45_000), ["apply_in_time"])
    assert late.unverified == ("apply_in_time", "lump sum 91-210 days")
    with pytest.raises(Ineligible, match="from 14 to 360 days"):
        price_scholarship(replace(STAY, holidays=140), table)


def test_the_last_day_to_apply_and_the_last_free_day() -> None:
    stay = replace(STAY, applied_on=date(2027, 1, 18), days_used_in_cycle=210)
    assert price_scholarship(stay, TABLE).total == Money(45_000)


def test_more_than_once_in_bachelor_and_master() -> None:
    assert price_scholarship(replace(STAY, cycle=Cycle.SECOND), TABLE).total == Money(45_000)


def test_paid_one_to_two_weeks_before_the_start() -> None:
    assert payment_window(STAY, TABLE) == (date(2027, 1, 18), date(2027, 1, 25))
