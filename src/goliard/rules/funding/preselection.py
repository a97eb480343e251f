"""Pre-selection: needed where several ask for one country; ranked by reviewers without a conflict of interest.

An entry's score is the mean of the totals of its counted sheets. A sheet with a declared conflict does not count. Equal scores share
a rank, and an officer decides with reasons: a tie is told, never broken by chance.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A submitted sheet: its points in total, and whether the reviewer declared a conflict of interest."""

    points: int
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """An expression of interest by its key, the country for which it asks, and its submitted sheets."""

    key: str
    country: str
    sheets: tuple[SheetFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """An entry's place within its country; without a counted sheet it has neither score nor rank."""

    key: str
    country: str
    rank: int | None
    score: Fraction | None
    counted: int
    reasons: tuple[Reason, ...]


def contested(countries: Iterable[str]) -> frozenset[str]:
    """Return the countries for which more than one asks."""
    return frozenset(country for country, number in Counter(countries).items() if number > 1)


def rank(entries: Sequence[EntryFacts]) -> tuple[Ranked, ...]:
    """Rank the entries within each country: by country, then best first, those without a score last, ties by key."""
    scores = {entry.key: _score(entry) for entry in entries}
    ranked = [_ranked(entry, entries, scores) for entry in entries]
    return tuple(sorted(ranked, key=lambda each: (each.country, each.rank is None, each.rank or 0, each.key)))


def sheets_refusal(ranked: Iterable[Ranked], country: str, *, is_contested: bool, needed: int, waiting: int) -> Reason | None:
    """Return why a country cannot be decided yet: every rival needs `needed` sheets that count; sheets that were asked for come in first.

    Nobody finalises a ranking alone: the office sets how many reviewers a contested proposal needs.
    """
    if is_contested and any(each.counted < needed for each in ranked if each.country == country):
        text = Text(
            f"Voor dit land vragen er meer: elk voorstel heeft eerst {needed} beoordeling(en) nodig die meetellen.",
            f"Several ask for this country: each proposal first needs {needed} sheet(s) that count.",
        )
        return Reason("decision-sheets", text)
    if waiting:
        text = Text(f"Er zijn nog {waiting} beoordeling(en) niet ingeleverd.", f"{waiting} sheet(s) are not handed in yet.")
        return Reason("decision-waiting", text)
    return None


def conflict_refusal(*, reviewer: str, writers: Iterable[str]) -> Reason | None:
    """Return why somebody may not review: who wrote it does not judge it."""
    if reviewer not in set(writers):
        return None
    text = Text("Wie aan het voorstel meeschreef, beoordeelt het niet.", "Who wrote the proposal does not review it.")
    return Reason("reviewer-writes", text, field="reviewer")


def _score(entry: EntryFacts) -> Fraction | None:
    counted = [sheet.points for sheet in entry.sheets if not sheet.conflict]
    return Fraction(sum(counted), len(counted)) if counted else None


def _ranked(entry: EntryFacts, entries: Sequence[EntryFacts], scores: dict[str, Fraction | None]) -> Ranked:
    score, counted = scores[entry.key], sum(not sheet.conflict for sheet in entry.sheets)
    if score is None:
        none = Text("Nog geen beoordeling die meetelt.", "No sheet that counts yet.")
        return Ranked(entry.key, entry.country, None, None, 0, (Reason("no-sheet", none),))
    rivals = [scores[other.key] for other in entries if other.country == entry.country and other.key != entry.key]
    place = 1 + sum(rival is not None and rival > score for rival in rivals)
    left_out = len(entry.sheets) - counted
    reasons = [
        Reason(
            "mean",
            Text(
                f"Gemiddelde van {counted} beoordeling(en): {float(score):.1f} punten.".replace(".", ",", 1),
                f"Mean of {counted} sheet(s): {float(score):.1f} points.",
            ),
        )
    ]
    if left_out:
        text = Text(f"{left_out} beoordeling(en) met belangenconflict tellen niet.", f"{left_out} sheet(s) with a conflict do not count.")
        reasons.append(Reason("conflict", text))
    if score in rivals:
        reasons.append(Reason("tie", Text("Gelijk met een ander: het bureau beslist.", "Equal to another: the office decides.")))
    return Ranked(entry.key, entry.country, place, score, counted, tuple(reasons))
