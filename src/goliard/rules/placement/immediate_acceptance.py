"""Immediate acceptance (the "Boston" rule): what some offices do by hand. Offered to compare with, not recommended.

Round 1 looks at first wishes only and gives places for good; round 2 looks at second wishes and what is left; and so on. Naming a popular
destination first and losing costs the second wish too, so it pays to hide one's true wishes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from goliard.rules.placement.choice import Claim, choose, claims_of
from goliard.rules.placement.market import Destination, GroupPlaces, Market, Wish
from goliard.rules.placement.ties import TieRule


@dataclass(frozen=True, slots=True)
class Round:
    """One destination in one round: who got a place for good, and who asked in vain."""

    destination: Destination
    given: list[Claim]
    refused: list[Claim]


def immediate_acceptance(market: Market, ties: TieRule) -> dict[str, Wish]:
    """The wish that each placed applicant gets."""
    return {claim.applicant.id: claim.wish for step in rounds(market, ties) for claim in step.given}


def rounds(market: Market, ties: TieRule) -> list[Round]:
    """Every choice that was made, in order; `destination` carries the places, reserves and maxima left at that moment."""
    claims = claims_of(market, ties)
    held: dict[str, list[Claim]] = defaultdict(list)
    steps: list[Round] = []
    placed: set[str] = set()
    for turn in range(max((len(own) for own in claims.values()), default=0)):
        asked: dict[str, list[Claim]] = defaultdict(list)
        for applicant, own in claims.items():
            if turn < len(own) and applicant not in placed:
                asked[own[turn].wish.destination].append(own[turn])
        for destination, new in sorted(asked.items()):
            left = what_is_left(market.destination[destination], held[destination])
            given, refused = choose(left, new)
            held[destination] += given
            placed.update(claim.applicant.id for claim in given)
            steps.append(Round(left, given, refused))
    return steps


def what_is_left(destination: Destination, held: list[Claim]) -> Destination:
    """The destination with only the places that `held` leaves; reserves shrink by the members already there, in their order."""
    counts: dict[str, int] = defaultdict(int)
    for claim in held:
        counts[claim.group] += 1
    places = destination.places - len(held)
    reserves, unpromised = [], places
    for entry in destination.reserves:
        wanted = min(max(entry.places - counts[entry.group], 0), unpromised)
        reserves.append(GroupPlaces(entry.group, wanted))
        unpromised -= wanted
    maxima = tuple(GroupPlaces(entry.group, entry.places - counts[entry.group]) for entry in destination.maxima)
    return Destination(destination.id, places, tuple(reserves), maxima, destination.name)
