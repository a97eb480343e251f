"""The reasons of every applicant as text in one language, word for word those of the reference."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from goliard.fast.placement.arrays import Ints, MarketArrays, Scores
from goliard.fast.placement.cut_offs import KINDS, Lasts, Refusals, on_reserve
from goliard.rules.placement import sentences
from goliard.rules.placement.explain import Wording, given_text, refusal_pattern


def reasons(market: MarketArrays, given: Ints, last: Lasts, refused: Refusals, wording: Wording, *, language: str) -> Iterator[str]:
    """One text an applicant, in the order of applicants."""
    titles = [destination.title.in_language(language) for destination in market.destinations]
    no_place = sentences.UNPLACED.in_language(language)
    lines = _refused_lines(market, refused, wording, language, titles)
    begin, stop = market.start[:-1], np.where(given < 0, market.start[1:], given)
    titled = [titles[target] for target in market.target[given[given >= 0]].tolist()]
    places = iter(zip(titled, market.rank[given[given >= 0]].tolist(), strict=True))
    for placed, reserved, missed in zip(
        (given >= 0).tolist(), on_reserve(market, given, last).tolist(), (stop - begin).tolist(), strict=True
    ):
        if placed:
            title, rank = next(places)
            first = given_text(language, title, rank, reserved=reserved)
        else:
            first = no_place
        yield " ".join([first, *islice(lines, missed)]) if missed else first


def _refused_lines(market: MarketArrays, refused: Refusals, wording: Wording, language: str, titles: list[str]) -> Iterator[str]:
    """One sentence a refused claim, in the order of claims."""
    patterns = [refusal_pattern(language, wording.about(kind)).format for kind in KINDS]
    spoken = _Spoken(market.scores, language)
    seed = wording.ties.name
    claims, against = refused.claims, refused.against
    facts = (
        refused.kinds,
        market.target[claims],
        market.rank[claims],
        market.score[claims],
        against,
        market.score[against] if len(market.score) else against,
        market.maximum[market.bucket[claims]],
    )
    for kind, target, rank, score, holder, last, maximum in zip(*(column.tolist() for column in facts), strict=True):
        yield patterns[kind](
            rank=rank,
            destination=titles[target],
            score=spoken[score],
            last=spoken[last] if holder >= 0 else "",
            maximum=maximum,
            seed=seed,
        )


class _Spoken(dict[int, str]):
    """Scores as the language writes them, each made once."""

    def __init__(self, scores: Scores, language: str) -> None:
        super().__init__()
        self._scores, self._language = scores, language

    def __missing__(self, value: int) -> str:
        text = self[value] = sentences.spoken(self._scores.text(value), self._language)
        return text
