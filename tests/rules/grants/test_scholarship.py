"""What stands around one scholarship: the scheme's days, its budget, and other money for the same stay."""

from __future__ import annotations

from datetime import date

import pytest

from goliard.rules.grants.scholarship import OtherMoney, SchemeFacts, ceiling_fault, double_funding, opening_faults, overlapping
from goliard.rules.values.money import Money
from goliard.rules.values.period import Period

OPENS, CLOSES = date(2027, 1, 15), date(2027, 3, 1)
STAY = Period(date(2027, 9, 1), date(2028, 1, 31))


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "applied_on", "rules"),
    [
        (OPENS, CLOSES, date(2027, 1, 14), ["scholarship-early"]),
        (OPENS, CLOSES, OPENS, []),
        (OPENS, CLOSES, CLOSES, []),
        (OPENS, CLOSES, date(2027, 3, 2), ["scholarship-late"]),
        (None, CLOSES, date(1999, 1, 1), []),
        (OPENS, None, date(2099, 1, 1), []),
        (None, None, OPENS, []),
    ],
)
def test_requests_are_taken_from_the_first_to_the_last_day(
    opens_on: date | None, closes_on: date | None, applied_on: date, rules: list[str]
) -> None:
    assert [reason.rule for reason in opening_faults(SchemeFacts(opens_on, closes_on, None, Money(0)), applied_on)] == rules


@pytest.mark.parametrize(
    ("budget", "promised", "amount", "left"),
    [
        (None, 99_999_999, 99_999_999, None),
        (100_000, 60_000, 40_000, None),
        (100_000, 60_000, 40_001, "€400.00 is left; €400.01 is needed."),
        (100_000, 100_000, 1, "€0.00 is left; €0.01 is needed."),
        (100_000, 120_000, 1, "€0.00 is left; €0.01 is needed."),  # the budget was lowered: nothing is left, not less than nothing
    ],
)
def test_no_cent_is_promised_above_the_budget(budget: int | None, promised: int, amount: int, left: str | None) -> None:
    scheme = SchemeFacts(None, None, None if budget is None else Money(budget), Money(promised))
    reason = ceiling_fault(scheme, Money(amount))
    assert (reason.because.en if reason else None) == (left and f"Of the budget of €1,000.00 {left}")


@pytest.mark.parametrize(
    ("start", "end", "same_stay"),
    [
        (date(2027, 8, 1), date(2027, 8, 31), False),
        (date(2027, 8, 1), date(2027, 9, 1), True),
        (date(2028, 1, 31), date(2028, 6, 30), True),
        (date(2028, 2, 1), date(2028, 6, 30), False),
        (date(2027, 10, 1), date(2027, 10, 2), True),
    ],
)
def test_one_shared_day_is_double_funding_unless_the_programme_pays_it(start: date, end: date, same_stay: bool) -> None:
    own, programme = OtherMoney("LUSTRA+", False, Period(start, end)), OtherMoney("Erasmus+", True, Period(start, end))
    assert overlapping(STAY, [own, programme]) == ((own, programme) if same_stay else ())
    assert [reason.because.en for reason in double_funding(STAY, [own, programme])] == (
        ["LUSTRA+ pays days of the same stay."] if same_stay else []
    )
