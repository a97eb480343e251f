"""One invented round for every contender: many applicants, ten wishes each, destinations of very different popularity."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np

from goliard.fast.placement.arrays import MarketArrays, Scores, buckets
from goliard.rules.placement.market import Applicant, Destination, Market, Wish

WISHES = 10
DESTINATIONS = 20_000
DECIMALS = 4
SEED = 2027


def make(applicants: int, path: Path) -> None:
    """Draw the round and keep it: `target` (applicants × wishes), `score` (the same, in ten-thousandths), `places`.

    The k-th destination is named in proportion to 1 / (k + 20) ** 0.9: the first some thirty times as often as the thousandth. Scores are
    between 5 and 10: a mark of the applicant plus what this destination thinks of it. There are places for nine applicants in ten, at least
    one everywhere.
    """
    draw = np.random.default_rng(SEED + applicants)
    weight = np.cumsum(1 / (np.arange(DESTINATIONS) + 20) ** 0.9)
    target = np.empty((applicants, WISHES), np.int32)
    for first in range(0, applicants, 50_000):
        target[first : first + 50_000] = _distinct(draw, weight / weight[-1], min(50_000, applicants - first))
    mark = draw.integers(50_000, 90_000, applicants)[:, None]
    score = mark + draw.integers(0, 10_000, (applicants, WISHES))
    places = 1 + draw.multinomial(max(applicants * 9 // 10 - DESTINATIONS, 0), np.full(DESTINATIONS, 1 / DESTINATIONS))
    np.savez(path, target=target, score=score, places=places)


def _distinct(draw: np.random.Generator, cumulative: np.ndarray, rows: int) -> np.ndarray:
    chosen = np.searchsorted(cumulative, draw.random((rows, WISHES)))
    while True:
        ordered = np.sort(chosen, axis=1)
        double = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
        if not len(double):
            return chosen
        chosen[double] = np.searchsorted(cumulative, draw.random((len(double), WISHES)))


def applicant_id(number: int) -> str:
    return f"s{number:07}"


def destination_id(number: int) -> str:
    return f"d{number:05}"


def arrays(path: Path) -> MarketArrays:
    """The round as arrays, ties by applicant."""
    data = np.load(path)
    target, score = data["target"], data["score"]
    destinations = tuple(Destination(destination_id(number), places) for number, places in enumerate(data["places"].tolist()))
    made = buckets(destinations)
    return MarketArrays(
        applicants=[applicant_id(number) for number in range(len(target))],
        destinations=destinations,
        start=np.arange(len(target) + 1, dtype=np.int64) * WISHES,
        target=target.ravel(),
        bucket=target.ravel(),
        rank=np.tile(np.arange(1, WISHES + 1, dtype=np.int32), len(target)),
        score=score.ravel(),
        scores=Scores(DECIMALS),
        tie=np.arange(len(target), dtype=np.int64),
        places=data["places"],
        bucket_of=made.bucket_of,
        reserve=made.reserve,
        limit=made.limit,
    )


def market(path: Path) -> Market:
    """The round as the rules take it."""
    data = np.load(path)
    applicants = tuple(
        Applicant(
            applicant_id(number),
            tuple(
                Wish(rank, destination_id(target), Decimal(score).scaleb(-DECIMALS))
                for rank, (target, score) in enumerate(zip(targets, scores, strict=True), start=1)
            ),
        )
        for number, (targets, scores) in enumerate(zip(data["target"].tolist(), data["score"].tolist(), strict=True))
    )
    return Market(applicants, tuple(Destination(destination_id(number), places) for number, places in enumerate(data["places"].tolist())))


def write_files(path: Path, applicants: Path, destinations: Path) -> None:
    """The round as the two files of `goliard place`."""
    data = np.load(path)
    with destinations.open("w") as file:
        file.write("destination,places\n")
        file.writelines(f"{destination_id(number)},{places}\n" for number, places in enumerate(data["places"].tolist()))
    with applicants.open("w") as file:
        file.write("applicant,wish,destination,score\n")
        for number, (targets, scores) in enumerate(zip(data["target"].tolist(), data["score"].tolist(), strict=True)):
            file.writelines(
                f"{applicant_id(number)},{rank},{destination_id(target)},{score / 10**DECIMALS:.{DECIMALS}f}\n"
                for rank, (target, score) in enumerate(zip(targets, scores, strict=True), start=1)
            )
