"""From values to a total: every criterion turns its value into 0 to 100 points, of which its weight counts; the total is rounded once.

Values stay exact (fractions) until the total. A value outside the scale of its criterion counts as the nearest end of it. What is not
known gives no total: nobody is placed on a guess.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from goliard.rules.values.texts import Reason, Text

WHOLE = 100


@dataclass(frozen=True, slots=True)
class Measure:
    """A criterion: key, name, weight in percent, scale of its values. `is_private` keeps its line out of what others read."""

    key: str
    name: Text
    weight: int
    least: Decimal
    most: Decimal
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a total is rounded: `half-up`, `half-even` or `down`, to so many decimals."""

    decimals: int = 2
    rule: str = "half-up"


@dataclass(frozen=True, slots=True)
class Line:
    """What one criterion gives: its value (None is not known), its points of 100, and what counts of them."""

    measure: Measure
    value: Fraction | None
    points: Fraction | None
    counts: Fraction | None
    because: Text


@dataclass(frozen=True, slots=True)
class Scored:
    """A total with its lines. Without a total, `missing` says what is not known."""

    total: Decimal | None
    lines: tuple[Line, ...]
    missing: tuple[Reason, ...] = ()


def score(measures: Sequence[Measure], values: Mapping[str, Fraction | None], rounding: Rounding) -> Scored:
    """Return the total of these criteria, in 0 to 100. Raises ValueError unless the weights are 100 together."""
    if sum(measure.weight for measure in measures) != WHOLE:
        raise ValueError("The weights of the criteria are 100 together.")
    lines = tuple(_line(measure, values.get(measure.key)) for measure in measures)
    missing = tuple(_missing(line.measure) for line in lines if line.counts is None)
    if missing:
        return Scored(None, lines, missing)
    total = sum((line.counts for line in lines if line.counts is not None), Fraction(0))
    return Scored(rounded(total, rounding), lines)


def mean(points: Sequence[Decimal]) -> Fraction | None:
    """Return the mean of what the members gave, exactly; None where no sheet counts."""
    return Fraction(sum(map(Fraction, points), Fraction(0)), len(points)) if points else None


def rounded(number: Fraction, rounding: Rounding) -> Decimal:
    """Return a fraction as a decimal, rounded once by the rule. The quotient is cut exactly first, so that a half is a half."""
    scale = 10**rounding.decimals
    whole, rest = divmod(number * scale, 1)
    if rounding.rule == "half-up":
        up = rest >= Fraction(1, 2)
    elif rounding.rule == "half-even":
        up = rest > Fraction(1, 2) or (rest == Fraction(1, 2) and whole % 2 == 1)
    elif rounding.rule == "down":
        up = False
    else:
        raise ValueError(f"There is no rounding {rounding.rule!r}.")
    return Decimal(int(whole) + up).scaleb(-rounding.decimals)


def _line(measure: Measure, value: Fraction | None) -> Line:
    if value is None:
        unknown = Text(f"{measure.name.nl}: nog niet bekend.", f"{measure.name.en}: not known yet.")
        return Line(measure, None, None, None, unknown)
    least, most = Fraction(measure.least), Fraction(measure.most)
    points = (min(max(value, least), most) - least) / (most - least) * WHOLE
    counts = points * measure.weight / WHOLE
    return Line(measure, value, points, counts, _because(measure, value, points, counts))


def _because(measure: Measure, value: Fraction, points: Fraction, counts: Fraction) -> Text:
    scale = f"{_short(Fraction(measure.least))}–{_short(Fraction(measure.most))}"
    said = f"{_short(value)} ({scale}) = {_short(points)} × {measure.weight}% = {_short(counts)}"
    return Text(f"{measure.name.nl}: {said.replace('.', ',')}.", f"{measure.name.en}: {said}.")


def _missing(measure: Measure) -> Reason:
    text = Text(f"{measure.name.nl} is nog niet bekend.", f"{measure.name.en} is not known yet.")
    return Reason("score-missing", text, field=measure.key)


def _short(number: Fraction) -> str:
    """At most four decimals, for people; the sum itself is exact."""
    with localcontext() as context:
        context.prec = 50
        text = format((Decimal(number.numerator) / Decimal(number.denominator)).quantize(Decimal("0.0001"), ROUND_HALF_UP), "f")
    return text.rstrip("0").rstrip(".")
