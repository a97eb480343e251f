"""The balance of next year, and what it means for the places."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.agreements.balance import YearCount
from goliard.rules.agreements.forecast import Forecast, Meaning, forecast
from goliard.rules.values.academic_year import AcademicYear

NEXT = AcademicYear(2027, 2028)


def counted(*pairs: tuple[int, int]) -> tuple[YearCount, ...]:
    """Pairs of (incoming, outgoing) of the years before next year, the last one last."""
    first = NEXT.first - len(pairs)
    return tuple(YearCount(AcademicYear(first + place, first + place + 1), *pair) for place, pair in enumerate(pairs))


# incoming and outgoing of 2024, 2025 and 2026; places out and in; tolerance → expected in and out, advised, meaning
TABLE = [
    ("in balance", ((2, 2), (2, 2), (2, 2)), 2, 2, 2, (2, 2), 2, Meaning.AS_AGREED),
    ("we owe two and may owe two", ((0, 0), (1, 2), (1, 2)), 3, 2, 2, (1, 2), 1, Meaning.FEWER),
    ("we owe more than is tolerable", ((0, 0), (0, 4), (0, 4)), 4, 4, 3, (0, 3), 0, Meaning.FEWER),
    ("we are owed", ((0, 0), (4, 0), (4, 0)), 4, 4, 2, (3, 0), 4, Meaning.SEND_MORE),
    ("recent years weigh more", ((9, 0), (0, 0), (0, 0)), 9, 9, 99, (2, 0), 9, Meaning.AS_AGREED),
    ("owed, and yet not every place can be used", ((0, 0), (2, 0), (2, 0)), 20, 20, 3, (2, 0), 9, Meaning.SEND_MORE),
    ("fewer expected than may go", ((0, 0), (1, 1), (1, 1)), 9, 9, 2, (1, 1), 3, Meaning.AT_MOST),
    ("never more than was agreed", ((8, 8), (8, 8), (8, 8)), 3, 2, 5, (2, 3), 3, Meaning.AS_AGREED),
    ("no tolerance", ((2, 5), (2, 5), (2, 5)), 5, 5, None, (2, 5), None, Meaning.UNKNOWN),
    ("nothing counted", (), 5, 5, 2, (0, 0), None, Meaning.UNKNOWN),
]


@pytest.mark.parametrize(
    ("name", "years", "out", "back", "tolerance", "expected", "advised", "meaning"), TABLE, ids=[row[0] for row in TABLE]
)
def test_table(
    name: str, years: tuple[tuple[int, int], ...], out: int, back: int, tolerance: int | None, expected: tuple[int, int],
    advised: int | None, meaning: Meaning,
) -> None:  # fmt: skip
    found = forecast(counted(*years), year=NEXT, places_out=out, places_in=back, tolerance=tolerance)
    assert ((found.expected_in, found.expected_out), found.advised, found.meaning) == (expected, advised, meaning)
    assert [reason.rule for reason in found.reasons][:2] == ["forecast-known", "forecast-expected"]
    assert all(reason.because.nl != reason.because.en for reason in found.reasons)


def test_it_says_why() -> None:
    found = forecast(counted((0, 0), (1, 2), (1, 2)), year=NEXT, places_out=3, places_in=2, tolerance=2)
    known, expected, advice = (reason.because.en for reason in found.reasons)
    assert known == "In the last 2 counted years 2 more went than came."
    assert expected.startswith("For 2027/2028 1 incoming and 2 outgoing are expected: the weighted mean of the years before it,")
    assert expected.endswith(" at most the agreed 2 and 3 places.")
    assert advice == "Offer 1 of the 3 outgoing places: with more the difference exceeds 2."
    assert (found.difference_now, found.difference_then) == (2, 2)


def test_a_year_that_is_not_counted_yet_is_no_year_of_nobody() -> None:
    counts = counted((2, 6), (2, 6), (0, 0))
    as_zero = forecast(counts, year=NEXT, places_out=9, places_in=9, tolerance=1)
    unknown = forecast(counts, year=NEXT, places_out=9, places_in=9, tolerance=1, counted_until=NEXT.first - 2)
    assert (as_zero.expected_in, as_zero.expected_out) == (1, 3)
    assert (unknown.expected_in, unknown.expected_out, unknown.difference_now) == (2, 6, 4)
    assert unknown.reasons[0].because.en == "In the last counted year 4 more went than came."
    nothing = forecast(counts, year=NEXT, places_out=9, places_in=9, tolerance=1, counted_until=NEXT.first - 9)
    assert (nothing.known, nothing.meaning, nothing.expected_out) == ((), Meaning.UNKNOWN, 0)


def test_later_years_and_short_windows() -> None:
    later = (*counted((1, 1)), YearCount(NEXT, 50, 0), YearCount(NEXT.shifted(1), 50, 0))
    assert forecast(later, year=NEXT, places_out=5, places_in=5, tolerance=1).difference_now == 0
    with pytest.raises(ValueError, match="two years or more"):
        forecast((), year=NEXT, places_out=1, places_in=1, tolerance=1, years=1)


people = st.integers(0, 30)
places = st.integers(0, 20)
histories = st.lists(st.tuples(people, people), min_size=1, max_size=5)


def of(years: list[tuple[int, int]], out: int, back: int, tolerance: int | None) -> Forecast:
    return forecast(counted(*years), year=NEXT, places_out=out, places_in=back, tolerance=tolerance)


@given(histories, places, places, st.integers(0, 20))
def test_the_advice_is_a_number_of_agreed_places_that_keeps_what_can_be_kept(
    years: list[tuple[int, int]], out: int, back: int, tolerance: int
) -> None:
    found = of(years, out, back, tolerance)
    assert found.advised is not None
    assert 0 <= found.advised <= out
    assert 0 <= found.expected_in <= back
    assert 0 <= found.expected_out <= out
    if found.advised > 0:
        assert found.difference_now + found.advised - found.expected_in <= tolerance, "even if every advised place is used"
    if found.advised < out:
        assert found.difference_now + found.advised + 1 - found.expected_in > tolerance, "and one place more would be too many"


@given(histories, places, places, st.integers(0, 20))
def test_more_tolerance_and_more_incoming_never_cost_a_place(years: list[tuple[int, int]], out: int, back: int, tolerance: int) -> None:
    found, wider = of(years, out, back, tolerance), of(years, out, back, tolerance + 1)
    more_came = of([*years[:-1], (years[-1][0] + 1, years[-1][1])], out, back, tolerance)
    assert None not in {found.advised, wider.advised, more_came.advised}
    assert found.advised <= wider.advised  # type: ignore[operator]
    assert found.advised <= more_came.advised  # type: ignore[operator]


@given(histories, places, places)
def test_counts_in_pieces_and_in_any_order_say_the_same(years: list[tuple[int, int]], out: int, back: int) -> None:
    whole = counted(*years)
    pieces = tuple(YearCount(count.year, *pair) for count in reversed(whole) for pair in ((count.incoming, 0), (0, count.outgoing)))
    assert forecast(pieces, year=NEXT, places_out=out, places_in=back, tolerance=2) == of(years, out, back, 2)
