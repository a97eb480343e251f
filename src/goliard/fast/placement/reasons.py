"""The reasons of every applicant as text in one language, word for word those of the reference.

Sentences about one destination differ in little: each is made once for its destination, wish number and kind, with a gap for the score.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np

from goliard.fast.placement.arrays import Ints, MarketArrays, Scores
from goliard.fast.placement.cut_offs import KINDS, Lasts, Refusals, on_reserve
from goliard.rules.placement import sentences
from goliard.rules.placement.explain import Wording, given_text, refusal_pattern

SCORE, WISH = "\0", "\1"  # gaps that no text holds


def reasons(market: MarketArrays, given: Ints, last: Lasts, refused: Refusals, wording: Wording, *, language: str) -> Iterator[str]:
    """One text an applicant, in the order of applicants."""
    lines = _refused_lines(market, last, refused, wording, language)
    results = _results(market, given, last, language)
    stop = np.where(given < 0, market.start[1:], given)
    for result, missed in zip(results, (stop - market.start[:-1]).tolist(), strict=True):
        yield " ".join([result, *islice(lines, missed)]) if missed else result


def _results(market: MarketArrays, given: Ints, last: Lasts, language: str) -> Iterator[str]:
    """What each applicant gets."""
    made: dict[tuple[int, int, bool], str] = {}
    no_place = sentences.UNPLACED.in_language(language)
    claims = given[given >= 0]
    facts = iter(
        zip(market.target[claims].tolist(), market.rank[claims].tolist(), on_reserve(market, given, last)[given >= 0].tolist(), strict=True)
    )
    for placed in (given >= 0).tolist():
        if not placed:
            yield no_place
            continue
        target, rank, reserved = fact = next(facts)
        if fact not in made:
            made[fact] = given_text(language, market.destinations[target].title.in_language(language), rank, reserved=reserved)
        yield made[fact]


def _refused_lines(market: MarketArrays, last: Lasts, refused: Refusals, wording: Wording, language: str) -> Iterator[str]:
    """One sentence a refused claim, in the order of claims."""
    claims, against = refused.claims, refused.against
    bucket, rank = market.bucket[claims].astype(np.int64), market.rank[claims]
    # what makes the sentence, save the score: the bucket, the kind, which of the two last holders it compares with, and the wish number
    ranks = int(rank.max(initial=0)) + 1
    key = ((bucket * len(KINDS) + refused.kinds) * 2 + (against == last.last_member[bucket])) * ranks + rank
    spoken = _Spoken(market.scores, language)
    whole: dict[int, str] = {}  # without the wish number
    made: dict[int, list[str]] = {}
    for place, (sentence, score) in enumerate(zip(key.tolist(), market.score[claims].tolist(), strict=True)):
        parts = made.get(sentence)
        if parts is None:
            about, number = divmod(sentence, ranks)
            if about not in whole:
                holder = int(against[place])
                whole[about] = refusal_pattern(language, wording.about(KINDS[refused.kinds[place]])).format(
                    rank=WISH,
                    destination=market.destinations[market.target[claims[place]]].title.in_language(language),
                    score=SCORE,
                    last=spoken[int(market.score[holder])] if holder >= 0 else "",
                    maximum=int(market.maximum[bucket[place]]),
                    seed=wording.ties.name,
                )
            parts = made[sentence] = whole[about].replace(WISH, str(number)).split(SCORE)
        yield spoken[score].join(parts)


class _Spoken(dict[int, str]):
    """Scores as the language writes them, each made once."""

    def __init__(self, scores: Scores, language: str) -> None:
        super().__init__()
        self._scores, self._language = scores, language

    def __missing__(self, value: int) -> str:
        text = self[value] = sentences.spoken(self._scores.text(value), self._language)
        return text
