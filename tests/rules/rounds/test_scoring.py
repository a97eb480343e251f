"""From values to a total, as a table that an officer can check, and as properties."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.rounds.scoring import Measure, Rounding, mean, rounded, score
from goliard.rules.values.texts import Text

AVERAGE = Measure("average", Text("Gemiddelde", "Average"), 60, Decimal("5.5"), Decimal(10))
MOTIVATION = Measure("motivation", Text("Motivatie", "Motivation"), 40, Decimal(0), Decimal(10))


@pytest.mark.parametrize(
    ("average", "motivation", "total"),
    [
        ("10", "10", "100.00"),
        ("5.5", "0", "0.00"),
        ("7.75", "5", "50.00"),  # half of each scale
        ("8.2", "7.5", "66.00"),  # 2.7 / 4.5 = 60 points, of which 36 count; 75 points, of which 30
        ("7.0", "6", "44.00"),  # 33 1/3 points of 60% are exactly 20
        ("4", "6", "24.00"),  # below the scale counts as its end
        ("11", "6", "84.00"),
    ],
)
def test_a_total_is_what_an_officer_works_out_by_hand(average: str, motivation: str, total: str) -> None:
    scored = score((AVERAGE, MOTIVATION), {"average": Fraction(average), "motivation": Fraction(motivation)}, Rounding())
    assert scored.total == Decimal(total)
    assert str(scored.total) == total


def test_every_line_says_how_it_came_about() -> None:
    scored = score((AVERAGE, MOTIVATION), {"average": Fraction("7.9"), "motivation": Fraction(15, 2)}, Rounding())
    assert [line.because.en for line in scored.lines] == [
        "Average: 7.9 (5.5–10) = 53.3333 × 60% = 32.",
        "Motivation: 7.5 (0–10) = 75 × 40% = 30.",
    ]
    assert scored.lines[0].because.nl == "Gemiddelde: 7,9 (5,5–10) = 53,3333 × 60% = 32."


def test_what_is_not_known_gives_no_total() -> None:
    scored = score((AVERAGE, MOTIVATION), {"average": Fraction(8)}, Rounding())
    assert scored.total is None
    assert [reason.because.en for reason in scored.missing] == ["Motivation is not known yet."]


def test_weights_are_a_hundred_together() -> None:
    with pytest.raises(ValueError, match="100 together"):
        score((AVERAGE,), {"average": Fraction(8)}, Rounding())


@pytest.mark.parametrize(
    ("number", "rule", "decimals", "result"),
    [
        ("66.665", "half-up", 2, "66.67"),
        ("66.665", "half-even", 2, "66.66"),
        ("66.675", "half-even", 2, "66.68"),
        ("66.669", "down", 2, "66.66"),
        ("66.5", "half-up", 0, "67"),
        ("200/3", "half-up", 6, "66.666667"),
    ],
)
def test_the_rule_rounds_once(number: str, rule: str, decimals: int, result: str) -> None:
    assert str(rounded(Fraction(number), Rounding(decimals, rule))) == result


def test_another_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="no rounding"):
        rounded(Fraction(1), Rounding(2, "up"))


def test_the_mean_is_exact_and_of_nothing_it_is_nothing() -> None:
    assert (mean([Decimal(7), Decimal("7.5"), Decimal(8)]), mean([Decimal(1), Decimal(0), Decimal(0)]), mean([])) == (
        Fraction(15, 2), Fraction(1, 3), None,
    )  # fmt: skip


VALUES = st.fractions(min_value=0, max_value=12, max_denominator=1000)


@given(VALUES, VALUES, VALUES)
def test_a_better_value_never_lowers_the_total(one: Fraction, other: Fraction, motivation: Fraction) -> None:
    low, high = (
        score((AVERAGE, MOTIVATION), {"average": value, "motivation": motivation}, Rounding()).total for value in sorted((one, other))
    )
    assert low is not None
    assert high is not None
    assert 0 <= low <= high <= 100
