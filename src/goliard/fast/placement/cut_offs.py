"""The last place of every destination and bucket, and why each refused claim was refused: the twin of `rules.placement.cut_offs`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goliard.fast.placement.arrays import Flags, Ints, MarketArrays
from goliard.rules.placement.cut_offs import Refusal

KINDS = tuple(Refusal)
CODE = {kind: code for code, kind in enumerate(KINDS)}
NOBODY = -1


@dataclass(frozen=True)
class Lasts:
    """The worst holder of each destination's open places and of each bucket, as a claim number (-1: nobody holds any)."""

    members: Ints  # per bucket
    taken: Ints  # per destination
    last_member: Ints  # per bucket
    last_open: Ints  # per destination


@dataclass(frozen=True)
class Refusals:
    """Refused claims, the code of the reason (an index of `KINDS`), and the holder's claim they compare with (-1: none)."""

    claims: Ints
    kinds: NDArray[np.int8]
    against: Ints


def lasts(market: MarketArrays, given: Ints) -> Lasts:
    """Read the last places from a finished assignment."""
    held = given[given >= 0]
    best_first = np.lexsort((market.tie[market.owner[held]], -market.score[held]))
    held = held[best_first]  # numpy keeps the last of several writes to one place: the worst holder
    members = np.bincount(market.bucket[held], minlength=len(market.bucket_of))
    last_member = np.full(len(market.bucket_of), NOBODY)
    last_member[market.bucket[held]] = held
    on_open = held[(members > market.reserve)[market.bucket[held]]]
    last_open = np.full(len(market.places), NOBODY)
    last_open[market.target[on_open]] = on_open
    return Lasts(members, np.bincount(market.target[held], minlength=len(market.places)), last_member, last_open)


def refusals(market: MarketArrays, given: Ints, last: Lasts) -> Refusals:
    """Why each refused claim was refused, decided in the same order as the reference does."""
    claims = market.refused(given)
    target, bucket = market.target[claims], market.bucket[claims]
    named = bucket >= len(market.places)
    places, maximum = market.places[target], market.maximum[bucket]
    member = np.where(named, last.last_member[bucket], NOBODY)
    has_member, last_open = member >= 0, last.last_open[target]
    limited = has_member & (last.members[bucket] >= maximum) & (maximum < places)
    nobody = np.full(len(claims), NOBODY)
    cases = [
        (places == 0, Refusal.NO_PLACES, nobody),
        (named & (maximum == 0), Refusal.CLOSED_TO_GROUP, nobody),
        (has_member & (market.score[member] == market.score[claims]) & _before(market, member, claims), Refusal.TIED, member),
        *_compared(market, claims, limited, member, Refusal.GROUP_MAXIMUM),
        ((last_open < 0) & has_member, Refusal.GROUP_RESERVE, member),
        (last_open < 0, Refusal.RESERVED, nobody),
        *_compared(market, claims, np.ones(len(claims), np.bool_), last_open, Refusal.OUTSCORED),
    ]
    conditions = [condition for condition, _, _ in cases]
    kinds = np.select(conditions, [np.int8(CODE[kind]) for _, kind, _ in cases])
    against = np.select(conditions, [holder for _, _, holder in cases])
    return Refusals(claims, kinds.astype(np.int8), against)


def _before(market: MarketArrays, left: Ints, right: Ints) -> Flags:
    """Whether claims on the left have the better standing."""
    scores, ties = (market.score[left], market.score[right]), (market.tie[market.owner[left]], market.tie[market.owner[right]])
    before: Flags = (scores[0] > scores[1]) | ((scores[0] == scores[1]) & (ties[0] < ties[1]))
    return before


def _compared(market: MarketArrays, claims: Ints, where: Flags, holder: Ints, beaten: Refusal) -> list[tuple[Flags, Refusal, Ints]]:
    equal = market.score[holder] == market.score[claims]
    return [
        (where & _before(market, claims, holder), Refusal.PASSED_OVER, holder),
        (where & equal, Refusal.TIED, holder),
        (where, beaten, holder),
    ]


def on_reserve(market: MarketArrays, given: Ints, last: Lasts) -> Flags:
    """Per applicant whether the place is owed to a reserve."""
    flags = np.zeros(len(given), np.bool_)
    placed = np.flatnonzero(given >= 0)
    claims = given[placed]
    target, bucket = market.target[claims], market.bucket[claims]
    protected = last.members[bucket] <= market.reserve[bucket]
    full, last_open = last.taken[target] >= market.places[target], last.last_open[target]
    flags[placed] = protected & full & ((last_open < 0) | _before(market, last_open, claims))
    return flags
