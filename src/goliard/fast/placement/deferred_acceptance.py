"""Deferred acceptance over arrays: in rounds with numpy, or one applicant at a time in compiled code. Both give the reference's result.

The compiled loop keeps one heap a bucket with the worst holder on top. Taking one more claim then costs one comparison or one push and
one pop: a full bucket sheds its worst; a destination with one too many sheds the worst of the buckets that are beyond their reserve.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from goliard.fast.compiled import AVAILABLE, compiled
from goliard.fast.placement.arrays import Flags, Ints, MarketArrays, Small


def deferred_acceptance(market: MarketArrays) -> Ints:
    """Per applicant the number of the claim that is met, or -1."""
    return in_one_loop(market) if AVAILABLE else in_rounds(market)


def in_rounds(market: MarketArrays) -> Ints:
    """With numpy: everyone without a place asks at once, and only destinations that were asked choose again."""
    current, stop = market.start[:-1].copy(), market.start[1:]
    holders, asking = np.empty(0, np.int64), np.arange(len(current))
    while True:
        asking = asking[current[asking] < stop[asking]]
        if not len(asking):
            break
        asked = np.zeros(len(market.places), np.bool_)
        asked[market.target[current[asking]]] = True
        reconsidered = asked[market.target[current[holders]]] if len(holders) else np.zeros(0, np.bool_)
        candidates = np.concatenate([holders[reconsidered], asking])
        kept = _kept(market, candidates, current[candidates])
        holders = np.concatenate([holders[~reconsidered], candidates[kept]])
        asking = candidates[~kept]
        current[asking] += 1
    given = np.full(len(current), -1, np.int64)
    given[holders] = current[holders]
    return given


def _kept(market: MarketArrays, applicants: Ints, claims: Ints) -> Flags:
    """Which of these claims, all that their destinations have, are kept."""
    worse, tie = -market.score[claims], market.tie[applicants]
    within, protected = np.ones(len(claims), np.bool_), np.zeros(len(claims), np.bool_)
    if len(market.bucket_of) > len(market.places):
        bucket = market.bucket[claims]
        place = _place_within(bucket, np.lexsort((tie, worse, bucket)))
        within, protected = place < market.maximum[bucket], place < market.reserve[bucket]
    # claims above their group's maximum sort last and are refused; those on a reserve sort first
    target = market.target[claims]
    place = _place_within(target, np.lexsort((tie, worse, ~protected, ~within, target)))
    return within & (place < market.places[target])


def _place_within(key: Small, order: Ints) -> Ints:
    """Each entry's place, from 0, among those with the same key in this order (which sorts by key first)."""
    sorted_key = key[order]
    first = np.flatnonzero(np.concatenate([[True], sorted_key[1:] != sorted_key[:-1]])) if len(order) else np.empty(0, np.int64)
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order)) - np.repeat(first, np.diff(np.append(first, len(order))))
    return place


def in_one_loop(market: MarketArrays) -> Ints:
    """With compiled code (plain Python without numba: slow, but the same)."""
    return run_loop(loop_inputs(market))


def loop_inputs(market: MarketArrays) -> tuple[Any, ...]:
    """What the loop needs beside the market: whose turn each tie is, the buckets of each destination, room for the heaps."""
    by_tie = np.argsort(market.tie)
    room = np.concatenate([np.zeros(1, np.int64), np.cumsum(market.maximum)])
    siblings = np.argsort(market.bucket_of, kind="stable")
    first = np.searchsorted(market.bucket_of[siblings], np.arange(len(market.places) + 1))
    return (
        *(market.start, market.target, market.bucket, market.score, market.tie),
        *(by_tie, market.places, market.reserve, market.maximum, room, siblings, first),
    )


def run_loop(inputs: tuple[Any, ...]) -> Ints:
    """The loop over `loop_inputs`."""
    given: Ints = _loop(*inputs)
    return given


@compiled
def _beats(score: int, tie: int, other_score: int, other_tie: int) -> bool:
    return score > other_score or (score == other_score and tie < other_tie)


@compiled
def _sink(scores: Ints, ties: Ints, base: int, size: int) -> None:
    """Restore the heap after its root was replaced."""
    at = 0
    while True:
        child = 2 * at + 1
        if child >= size:
            return
        if child + 1 < size and _beats(scores[base + child], ties[base + child], scores[base + child + 1], ties[base + child + 1]):
            child += 1
        if not _beats(scores[base + at], ties[base + at], scores[base + child], ties[base + child]):
            return
        scores[base + at], scores[base + child] = scores[base + child], scores[base + at]
        ties[base + at], ties[base + child] = ties[base + child], ties[base + at]
        at = child


@compiled
def _rise(scores: Ints, ties: Ints, base: int, at: int) -> None:
    """Restore the heap after an entry was added at its end."""
    while at > 0:
        parent = (at - 1) // 2
        if not _beats(scores[base + parent], ties[base + parent], scores[base + at], ties[base + at]):
            return
        scores[base + at], scores[base + parent] = scores[base + parent], scores[base + at]
        ties[base + at], ties[base + parent] = ties[base + parent], ties[base + at]
        at = parent


@compiled
def _loop(  # noqa: C901, PLR0912, PLR0917 - one loop: compiled code pays for every call and every object
    start: Ints,
    target: Small,
    bucket: Small,
    score: Ints,
    tie: Ints,
    by_tie: Ints,
    places: Ints,
    reserve: Ints,
    maximum: Ints,
    room: Ints,
    siblings: Ints,
    first: Ints,
) -> Ints:
    applicants = len(start) - 1
    current = start[:-1].copy()
    scores = np.empty(room[-1], np.int64)
    ties = np.empty(room[-1], np.int64)
    size = np.zeros(len(maximum), np.int64)
    taken = np.zeros(len(places), np.int64)
    for newcomer in range(applicants):
        asking = newcomer
        while asking >= 0:
            claim = current[asking]
            if claim == start[asking + 1]:
                break  # every wish was refused
            own, here = bucket[claim], target[claim]
            base, standing, turn = room[own], score[claim], tie[asking]
            refused = asking
            if size[own] == maximum[own]:  # full: the newcomer takes the worst one's place, or goes
                if maximum[own] > 0 and _beats(standing, turn, scores[base], ties[base]):
                    refused = by_tie[ties[base]]
                    scores[base], ties[base] = standing, turn
                    _sink(scores, ties, base, size[own])
            elif taken[here] < places[here]:
                refused = -1
                scores[base + size[own]], ties[base + size[own]] = standing, turn
                _rise(scores, ties, base, size[own])
                size[own] += 1
                taken[here] += 1
            else:  # one too many: the worst beyond a reserve goes, which may be the newcomer
                loser, worst_standing, worst_turn = -1, standing, turn
                if size[own] + 1 > reserve[own]:
                    loser = own
                for at in range(first[here], first[here + 1]):
                    other = siblings[at]
                    beyond = size[other] > reserve[other] or (other == own and size[own] > 0 and size[own] + 1 > reserve[own])
                    if beyond and (loser < 0 or _beats(worst_standing, worst_turn, scores[room[other]], ties[room[other]])):
                        loser, worst_standing, worst_turn = other, scores[room[other]], ties[room[other]]
                if worst_turn != turn:  # somebody else goes
                    refused = by_tie[worst_turn]
                    there = room[loser]
                    size[loser] -= 1
                    scores[there], ties[there] = scores[there + size[loser]], ties[there + size[loser]]
                    _sink(scores, ties, there, size[loser])
                    scores[base + size[own]], ties[base + size[own]] = standing, turn
                    _rise(scores, ties, base, size[own])
                    size[own] += 1
            if refused >= 0:
                current[refused] += 1
            asking = refused
    given = np.full(applicants, -1, np.int64)
    for applicant in range(applicants):
        if current[applicant] < start[applicant + 1]:
            given[applicant] = current[applicant]
    return given
