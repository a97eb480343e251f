"""Do equal scores decide the outcome? The twin of `rules.placement.undecided` for deferred acceptance."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import numpy as np

from goliard.fast.placement.arrays import Ints, MarketArrays
from goliard.fast.placement.cut_offs import CODE, Refusals
from goliard.rules.placement.cut_offs import Refusal
from goliard.rules.placement.undecided import UndecidedTie, has_circle


def undecided_ties(market: MarketArrays, given: Ints, refused: Refusals) -> list[UndecidedTie]:
    """Ties that decide; empty when every order of equal scores gives this same result."""
    at_cut_off = refused.kinds == CODE[Refusal.TIED]
    if at_cut_off.any():
        return _gather(market, refused.claims[at_cut_off], refused.against[at_cut_off])
    met = _refused_together(market, refused.claims)
    if len(met) and has_circle(_next_places(market, given, refused.claims)):
        return _gather(market, met, met)
    return []


def _refused_together(market: MarketArrays, claims: Ints) -> Ints:
    """Refused claims whose score was refused more than once at the same destination."""
    target, score = market.target[claims], market.score[claims]
    order = np.lexsort((score, target))
    same = (target[order][1:] == target[order][:-1]) & (score[order][1:] == score[order][:-1])
    return np.sort(claims[order[np.concatenate([[False], same]) | np.concatenate([same, [False]])]]) if len(claims) else claims


def _next_places(market: MarketArrays, given: Ints, claims: Ints) -> dict[str, set[str]]:
    """From each destination to those that one of its holders, among the best of the own group, would rather have."""
    best = np.full(len(market.bucket_of), np.iinfo(np.int64).min)
    np.maximum.at(best, market.bucket[claims], market.score[claims])
    own = given[market.owner[claims]]
    among_best = claims[(own >= 0) & (market.score[claims] == best[market.bucket[claims]])]
    here = market.target[given[market.owner[among_best]]].astype(np.int64)
    pairs = np.unique(here * len(market.places) + market.target[among_best])
    following: dict[str, set[str]] = defaultdict(set)
    for source, target in zip((pairs // len(market.places)).tolist(), (pairs % len(market.places)).tolist(), strict=True):
        following[market.destinations[source].id].add(market.destinations[target].id)
    return following


def _gather(market: MarketArrays, claims: Ints, rivals: Ints) -> list[UndecidedTie]:
    tied: dict[tuple[int, int], set[int]] = defaultdict(set)
    columns = market.target[claims], market.score[claims], market.owner[claims], market.owner[rivals]
    for target, score, claimant, rival in zip(*(column.tolist() for column in columns), strict=True):
        tied[target, score] |= {claimant, rival}
    return [
        UndecidedTie(
            market.destinations[target].id, Decimal(market.scores.text(score)), tuple(market.applicants[who] for who in sorted(people))
        )
        for (target, score), people in sorted(tied.items())
    ]
