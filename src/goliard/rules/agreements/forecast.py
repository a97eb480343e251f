"""Balance forecast: where the balance with a partner goes next year, and how many outgoing places keep it tolerable.

Partners agree that over some years about as many come as go. What is expected next year follows from the last years, recent ones weighing
more; it is never more than the places that were agreed. The advice is the number of outgoing places with which, if as many come as
expected, the balance stays within what is tolerable. Idea: Dur and Ünver, "Two-Sided Matching via Balanced Exchange": exchange lasts where
each side's imbalance stays within a tolerance over the years.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from goliard.rules.agreements.balance import YearCount
from goliard.rules.values.academic_year import AcademicYear
from goliard.rules.values.texts import Reason, Text

WEIGHTS = (3, 2, 1)  # of the last year, the one before it, and the one before that
SOURCE = "Dur & Ünver, Two-Sided Matching via Balanced Exchange"


class Meaning(StrEnum):
    """What the forecast means for next year's places."""

    UNKNOWN = "unknown"  # nothing is counted, or no tolerance is agreed
    AS_AGREED = "as-agreed"
    AT_MOST = "at-most"  # fewer are expected than may go, but not every agreed place can be used
    FEWER = "fewer"  # more are expected than may go: we owe
    SEND_MORE = "send-more"  # we are owed: fill the places, or offer more


@dataclass(frozen=True, slots=True)
class Forecast:
    """Next year with a partner. Differences are outgoing minus incoming over the window of years that ends with `year`.

    `advised` is the number of outgoing places to offer, at most `places_out`; None where nothing can be advised. `at_least` is how many
    should go to stay within the tolerance, and may be more than there are places.
    """

    year: AcademicYear
    known: tuple[YearCount, ...]
    expected_out: int
    expected_in: int
    places_out: int
    places_in: int
    difference_now: int
    difference_then: int
    tolerance: int | None
    advised: int | None
    at_least: int
    meaning: Meaning
    counted: int  # years of the window that have been counted

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """What is known, what is expected, and what follows."""
        return tuple(_reasons(self, self.counted))


def forecast(
    counts: tuple[YearCount, ...],
    *,
    year: AcademicYear,
    places_out: int,
    places_in: int,
    tolerance: int | None,
    years: int = 3,
    counted_until: int | None = None,
) -> Forecast:
    """Return what `year` brings after the counted years before it, over a window of `years` that ends with it.

    `counted_until` is the first calendar year of the last academic year that has been counted (the one before `year` if not given): a year
    that is not counted yet is no year in which nobody travelled. Counts of later years are not looked at. Raises ValueError for a window
    shorter than two years or places below zero.
    """
    if years < 2 or places_out < 0 or places_in < 0:
        raise ValueError("A forecast needs a window of two years or more, and places counted from zero.")
    last = year.first - 1 if counted_until is None else min(year.first - 1, counted_until)
    sums = {first: [0, 0] for first in range(year.first - years, last + 1)}
    is_counted = False
    for count in counts:
        if (here := sums.get(count.year.first)) is not None:
            here[0] += count.incoming
            here[1] += count.outgoing
            is_counted = True
    known = tuple(YearCount(year.shifted(first - year.first), *pair) for first, pair in sums.items())
    window = [count for count in known if count.year.first > year.first - years]
    now = sum(count.outgoing - count.incoming for count in window)
    expected_in = min(places_in, _expected([count.incoming for count in known]))
    expected_out = min(places_out, _expected([count.outgoing for count in known]))
    low, high = (-(tolerance or 0) - now + expected_in, (tolerance or 0) - now + expected_in)
    advised = None if tolerance is None or not is_counted else max(0, min(places_out, high))
    meaning = _meaning(advised, places_out, low if advised is not None else 0, expected_out)
    then = now + (expected_out if advised is None else min(expected_out, advised)) - expected_in
    at_least = max(0, low) if advised is not None else 0
    return Forecast(
        year, known, expected_out, expected_in, places_out, places_in, now, then, tolerance, advised, at_least, meaning, len(window)
    )


def _expected(people: list[int]) -> int:
    """The weighted mean of the years, the last one first in weight, rounded half up."""
    weighed = list(zip(WEIGHTS, reversed(people), strict=False))
    total = sum(weight for weight, _number in weighed) or 1
    return (2 * sum(weight * number for weight, number in weighed) + total) // (2 * total)


def _meaning(advised: int | None, places_out: int, low: int, expected_out: int) -> Meaning:
    if advised is None:
        return Meaning.UNKNOWN
    if low > expected_out:
        return Meaning.SEND_MORE
    if advised < places_out:
        return Meaning.FEWER if advised < expected_out else Meaning.AT_MOST
    return Meaning.AS_AGREED


def _reasons(of: Forecast, years: int) -> Iterator[Reason]:
    if of.difference_now:
        number, more = abs(of.difference_now), of.difference_now > 0
        nl, en = (
            ("gingen er {} meer dan er kwamen", "{} more went than came")
            if more
            else ("kwamen er {} meer dan er gingen", "{} more came than went")
        )
        said = (nl.format(number), en.format(number))
    else:
        said = ("gingen er evenveel als er kwamen", "as many went as came")
    span = Text(f"In de laatste {years} getelde jaren", f"In the last {years} counted years") if years != 1 else _ONE
    yield Reason("forecast-known", Text(f"{span.nl} {said[0]}.", f"{span.en} {said[1]}."))
    people, places = (of.expected_in, of.expected_out), (of.places_in, of.places_out)
    yield Reason(
        "forecast-expected",
        Text(
            f"Voor {of.year} worden er {people[0]} inkomend en {people[1]} uitgaand verwacht: het gewogen gemiddelde van de jaren ervoor, "
            f"hoogstens de afgesproken {places[0]} en {places[1]} plaatsen.",
            f"For {of.year} {people[0]} incoming and {people[1]} outgoing are expected: the weighted mean of the years before it, "
            f"at most the agreed {places[0]} and {places[1]} places.",
        ),
    )
    if of.meaning is Meaning.UNKNOWN:
        lacking = (
            Text("Er is geen toelaatbaar verschil afgesproken.", "No tolerable difference was agreed.")
            if of.tolerance is None
            else Text("Er is nog niets geteld.", "Nothing is counted yet.")
        )
        yield Reason("forecast-unknown", lacking)
        return
    yield Reason("forecast-advice", _ADVICE[of.meaning](of), SOURCE)


_ONE = Text("In het laatste getelde jaar", "In the last counted year")


def _fewer(of: Forecast) -> Text:
    return Text(
        f"Bied {of.advised} van de {of.places_out} uitgaande plaatsen aan: met meer wordt het verschil groter dan {of.tolerance}.",
        f"Offer {of.advised} of the {of.places_out} outgoing places: with more the difference exceeds {of.tolerance}.",
    )


def _send_more(of: Forecast) -> Text:
    return Text(
        f"Er is ruimte: pas met {of.at_least} of meer uitgaand blijft het verschil binnen {of.tolerance}. Werf, of spreek er meer af.",
        f"There is room: only with {of.at_least} or more outgoing the difference stays within {of.tolerance}. Recruit, or agree on more.",
    )


def _as_agreed(of: Forecast) -> Text:
    return Text(
        f"Alle {of.places_out} afgesproken plaatsen kunnen worden aangeboden; het verschil blijft binnen {of.tolerance}.",
        f"All {of.places_out} agreed places can be offered; the difference stays within {of.tolerance}.",
    )


def _at_most(of: Forecast) -> Text:
    return Text(
        f"Hoogstens {of.advised} van de {of.places_out} uitgaande plaatsen: met meer wordt het verschil groter dan {of.tolerance}.",
        f"At most {of.advised} of the {of.places_out} outgoing places: with more the difference exceeds {of.tolerance}.",
    )


_ADVICE = {Meaning.AT_MOST: _at_most, Meaning.FEWER: _fewer, Meaning.SEND_MORE: _send_more, Meaning.AS_AGREED: _as_agreed}
