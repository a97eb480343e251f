"""Immediate acceptance (the "Boston" rule): what some offices do by hand. Offered to compare with, not recommended.

Round 1 looks at first wishes only and gives places for good; round 2 looks at second wishes and what is left; and so on. Naming a popular
destination first and losing costs the second wish too, so it pays to hide one's true wishes.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from goliard.rules.placement.choice import Claim, choose, claims_of
from goliard.rules.placement.market import Destination, Market, Wish, what_is_left
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
            left = what_is_left(market.destination[destination], [claim.group for claim in held[destination]])
            given, refused = choose(left, new)
            held[destination] += given
            placed.update(claim.applicant.id for claim in given)
            steps.append(Round(left, given, refused))
    return steps
