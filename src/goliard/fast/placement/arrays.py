"""A market as arrays.

Applicants and destinations are numbered in the order of their ids, wishes in the order of applicants and then of ranks. At each
destination a claim falls into one *bucket*: that of the applicant's group there, or the bucket of everybody else, which has the number of
the destination.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goliard.rules.placement.choice import claims_of
from goliard.rules.placement.market import Destination, Market, Wish
from goliard.rules.placement.sentences import plain
from goliard.rules.placement.ties import UNDECIDED, TieRule

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
AnyInts = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]
NO_LIMIT = int(np.iinfo(np.int64).max)


@dataclass(frozen=True)
class Scores:
    """What the integers in `MarketArrays.score` stand for: `value / 10**decimals`, or `values[value]` where those do not fit."""

    decimals: int = 0
    values: tuple[Decimal, ...] = ()

    def text(self, value: int) -> str:
        """The score in plain notation."""
        if self.values:
            return plain(self.values[value])
        if not self.decimals:
            return str(value)
        whole, part = divmod(abs(value), 10**self.decimals)
        text = f"{whole}.{part:0{self.decimals}d}".rstrip("0").rstrip(".")
        return f"-{text}" if value < 0 else text


@dataclass(frozen=True)
class MarketArrays:
    """`n` applicants, `m` destinations, `w` claims (wishes that are not barred), `b` buckets (the first `m` are for everybody else)."""

    applicants: list[str]
    destinations: tuple[Destination, ...]
    start: Ints  # n + 1: the claims of applicant i are start[i] to start[i + 1]
    target: Small  # w: destination
    bucket: Small  # w
    rank: Small  # w: the number that the applicant gave the wish
    score: Ints  # w: higher is better, equal exactly when the scores are equal
    scores: Scores
    tie: Ints  # n: place in the order of ties, lower first
    places: Ints  # m
    bucket_of: Small  # b: destination of the bucket
    reserve: Ints  # b
    limit: Ints  # b: maximum; `NO_LIMIT` without one

    @cached_property
    def maximum(self) -> Ints:
        """Per bucket the most members it can have: its limit, or all places of the destination."""
        return np.minimum(self.limit, self.places[self.bucket_of])

    @cached_property
    def owner(self) -> Small:
        """Per claim the applicant."""
        return np.repeat(np.arange(len(self.applicants), dtype=np.int32), np.diff(self.start))

    def refused(self, given: Ints) -> Ints:
        """The claims that their applicants would rather have had than the claim in `given` (-1: none)."""
        stop = np.where(given < 0, self.start[1:], given)
        return np.flatnonzero(np.arange(len(self.target)) < stop[self.owner])


@dataclass(frozen=True)
class Buckets:
    """Numbers of the buckets of groups, and their limits."""

    number: Mapping[tuple[str, str], int]  # (destination, group)
    bucket_of: Small
    reserve: Ints
    limit: Ints


def buckets(destinations: tuple[Destination, ...]) -> Buckets:
    """The buckets of these destinations: first one for everybody else at each, then one for each named group."""
    number: dict[tuple[str, str], int] = {}
    home, reserve, limit = list(range(len(destinations))), [0] * len(destinations), [NO_LIMIT] * len(destinations)
    for place, destination in enumerate(destinations):
        for group in sorted(destination.named_groups()):
            number[destination.id, group] = len(home)
            home.append(place)
            reserve.append(destination.reserve(group))
            limit.append(next((entry.places for entry in destination.maxima if entry.group == group), NO_LIMIT))
    return Buckets(number, np.array(home, np.int32), np.array(reserve, np.int64), np.array(limit, np.int64))


def arrays_of(market: Market, ties: TieRule = UNDECIDED) -> MarketArrays:
    """The arrays of a market. Scores become their places in the order of all scores, which is exact for any decimals.

    Raises ValueError where places were offered before (`Wish.held`): a round that is offered again runs on the reference.
    """
    if market.held:
        raise ValueError("places that were offered before are known to the reference only")
    claims = [claim for own in claims_of(market, ties).values() for claim in own]
    numbers = {destination.id: place for place, destination in enumerate(market.destinations)}
    made = buckets(market.destinations)
    values = tuple(sorted({claim.wish.score for claim in claims}))
    place_of = {value: place for place, value in enumerate(values)}
    order = ties.order(applicant.id for applicant in market.applicants)
    counts = [sum(not wish.barred for wish in applicant.wishes) for applicant in market.applicants]
    return MarketArrays(
        applicants=[applicant.id for applicant in market.applicants],
        destinations=market.destinations,
        start=np.concatenate([np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)]),
        target=np.array([numbers[claim.wish.destination] for claim in claims], np.int32),
        bucket=np.array([made.number.get((c.wish.destination, c.group), numbers[c.wish.destination]) for c in claims], np.int32),
        rank=np.array([claim.wish.rank for claim in claims], np.int32),
        score=np.array([place_of[claim.wish.score] for claim in claims], np.int64),
        scores=Scores(values=values),
        tie=np.array([order[applicant.id] for applicant in market.applicants], np.int64),
        places=np.array([destination.places for destination in market.destinations], np.int64),
        bucket_of=made.bucket_of,
        reserve=made.reserve,
        limit=made.limit,
    )


def assignment_of(market: Market, given: Ints) -> dict[str, Wish]:
    """Numbers of claims as the rules write an assignment."""
    wishes = [wish for applicant in market.applicants for wish in applicant.wishes if not wish.barred]
    return {applicant.id: wishes[claim] for applicant, claim in zip(market.applicants, given.tolist(), strict=True) if claim >= 0}
