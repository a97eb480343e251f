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
    """What the loop takes: claims, how standings become single integers, limits, room for the heaps, the buckets of each destination."""
    bits = max(len(market.applicants) - 1, 1).bit_length()
    score, lowest = market.score, int(market.score.min(initial=0))
    if int(market.score.max(initial=0)) - lowest >= 2 ** (62 - bits):
        score, lowest = np.unique(score, return_inverse=True)[1].astype(np.int64), 0
    turn = 2**bits - 1 - market.tie  # the earlier in the order of ties, the higher
    whose = np.empty(2**bits, np.int64)
    whose[turn] = np.arange(len(turn))
    room = np.concatenate([np.zeros(1, np.int64), np.cumsum(market.maximum)])
    siblings = np.argsort(market.bucket_of, kind="stable")
    first = np.searchsorted(market.bucket_of[siblings], np.arange(len(market.places) + 1))
    claims = market.start, market.bucket, score, lowest, bits, turn, whose
    return (*claims, market.bucket_of, market.places, market.reserve, market.maximum, room, siblings, first)


def run_loop(inputs: tuple[Any, ...]) -> Ints:
    """The loop over `loop_inputs`."""
    given: Ints = _loop(*inputs)
    return given


@compiled
def _sink(heap: Ints, base: int, size: int) -> None:
    """Restore the heap (its lowest on top) after its root was replaced."""
    at, moved = 0, heap[base]
    while True:
        child = 2 * at + 1
        if child >= size:
            break
        if child + 1 < size and heap[base + child + 1] < heap[base + child]:
            child += 1
        if heap[base + child] >= moved:
            break
        heap[base + at] = heap[base + child]
        at = child
    heap[base + at] = moved


@compiled
def _rise(heap: Ints, base: int, at: int) -> None:
    """Restore the heap after an entry was added at its end."""
    moved = heap[base + at]
    while at > 0:
        parent = (at - 1) // 2
        if heap[base + parent] <= moved:
            break
        heap[base + at] = heap[base + parent]
        at = parent
    heap[base + at] = moved


@compiled
def _loop(
    start: Ints,
    bucket: Small,
    score: Ints,
    lowest: int,
    bits: int,
    turn: Ints,
    whose: Ints,
    bucket_of: Small,
    places: Ints,
    reserve: Ints,
    maximum: Ints,
    room: Ints,
    siblings: Ints,
    first: Ints,
) -> Ints:
    """A standing is one integer: the score, then the turn among equal scores. The higher is the better; its last bits tell whose it is."""
    current = start[:-1].copy()
    heap = np.empty(room[-1], np.int64)
    size = np.zeros(len(maximum), np.int64)
    taken = np.zeros(len(places), np.int64)
    for newcomer in range(len(turn)):
        asking = newcomer
        while asking >= 0 and current[asking] < start[asking + 1]:
            claim = current[asking]
            own = bucket[claim]
            here, base = bucket_of[own], room[own]
            standing = ((score[claim] - lowest) << bits) | turn[asking]
            refused = standing
            if size[own] == maximum[own]:  # full: the newcomer takes the worst one's place, or goes
                if size[own] > 0 and heap[base] < standing:
                    refused = heap[base]
                    heap[base] = standing
                    _sink(heap, base, size[own])
            else:
                if taken[here] < places[here]:
                    refused = -1
                    taken[here] += 1
                else:  # one too many: the worst beyond a reserve goes, which may be the newcomer
                    loser = _worst_beyond(heap, own, standing, size, reserve, room, siblings[first[here] : first[here + 1]])
                    if loser >= 0:
                        there = room[loser]
                        refused = heap[there]
                        size[loser] -= 1
                        heap[there] = heap[there + size[loser]]
                        _sink(heap, there, size[loser])
                if refused != standing:
                    heap[base + size[own]] = standing
                    _rise(heap, base, size[own])
                    size[own] += 1
            asking = -1
            if refused >= 0:
                asking = whose[refused & ((1 << bits) - 1)]
                current[asking] += 1
    return np.where(current < start[1:], current, -1)


@compiled
def _worst_beyond(heap: Ints, own: int, standing: int, size: Ints, reserve: Ints, room: Ints, siblings: Ints) -> int:
    """The bucket that must let its worst go when this standing joins its own bucket; -1 when the newcomer is the worst."""
    loser, worst = -1, 2**63 - 1
    if size[own] + 1 > reserve[own]:
        worst = standing
    for other in siblings:
        joined = size[other] + (1 if other == own else 0)
        if size[other] > 0 and joined > reserve[other] and heap[room[other]] < worst:
            loser, worst = other, heap[room[other]]
    return loser
