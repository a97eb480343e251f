"""The plan that serves the most wishes: a minimum-cost flow, exact, with its aims in a fixed order.

1. The most applicants placed.
2. The lowest sum of the ranks of wishes met (then of their positions, where one rank has several pools).
3. The most reserved places held by members.
4. The highest sum of scores.
5. With a rule for ties: the best wish for the first in the order of ties, then for the second, and so on, which leaves exactly one plan.

Scores only weigh after wishes, so a low score may get what a high score wanted, and a list made shorter on purpose may pay off.
Costs are exact integers with a digit for every applicant, so this one takes thousands of applicants, not more: `MOST_APPLICANTS`.
`bench/placement` shows what a flow library does without the fourth and fifth aim.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from goliard.rules.placement.choice import Claim, claims_of
from goliard.rules.placement.flow import Network
from goliard.rules.placement.market import Market, MarketProblem, Wish
from goliard.rules.placement.ties import UNDECIDED, TieRule
from goliard.rules.placement.undecided import UndecidedTie
from goliard.rules.values.texts import Text

MOST_APPLICANTS = 5_000


def min_cost_flow(market: Market, ties: TieRule) -> dict[str, Wish]:
    """The wish that each placed applicant gets; `MarketProblem` beyond `MOST_APPLICANTS`."""
    if len(market.applicants) > MOST_APPLICANTS:
        limit, number = f"{MOST_APPLICANTS:,}", f"{len(market.applicants):,}"
        raise MarketProblem(
            Text(
                f"min-cost-flow neemt ten hoogste {limit.replace(',', '.')} kandidaten; het zijn er {number.replace(',', '.')}.",
                f"min-cost-flow takes at most {limit} applicants; there are {number}.",
            )
        )
    return _plan(market, ties, best=True)


def undecided_plans(market: Market, assignment: Mapping[str, Wish]) -> list[UndecidedTie]:
    """Whether another plan is as good by the first four aims: the best and the worst of them for the first applicants are compared."""
    other = _plan(market, UNDECIDED, best=False)
    differ = sorted(who for who in {*assignment, *other} if assignment.get(who) != other.get(who))
    if not differ:
        return []
    first = assignment.get(differ[0]) or other[differ[0]]
    return [UndecidedTie(first.destination, None, tuple(differ))]


def _plan(market: Market, ties: TieRule, *, best: bool) -> dict[str, Wish]:
    claims = [(applicant, own) for applicant, own in claims_of(market, ties).items() if own]
    claims.sort(key=lambda entry: entry[1][0].tie)
    prices = _Prices(claims, best=best)
    node: dict[object, int] = {}
    for applicant, own in claims:
        node.setdefault(applicant, len(node))
        for claim in own:
            node.setdefault((claim.wish.destination, claim.group), len(node))
            node.setdefault((claim.wish.destination,), len(node))
    target = len(node)
    network = Network(target + 1)
    for key in node:
        if isinstance(key, tuple):
            _add_places(network, market, key, node, target=target, open_place=prices.open_place)
    arcs = [
        (claim, network.add(node[applicant], node[claim.wish.destination, claim.group], 1, prices.of(claim, position)))
        for applicant, own in claims
        for position, claim in enumerate(own)
    ]
    for applicant, own in claims:
        network.add(node[applicant], target, 1, prices.unplaced(own))
        network.send(node[applicant], target)
    return {claim.applicant.id: claim.wish for claim, arc in arcs if network.is_used(arc)}


def _add_places(
    network: Network, market: Market, key: tuple[str, ...], node: Mapping[object, int], *, target: int, open_place: int
) -> None:
    destination, number = market.destination[key[0]], node[key]
    if len(key) == 1:
        network.add(number, target, destination.places, 0)
        return
    reserve, maximum = destination.reserve(key[1]), destination.maximum(key[1])
    network.add(number, node[key[0],], reserve, 0)
    network.add(number, node[key[0],], maximum - reserve, open_place)


class _Prices:
    """One integer for all aims: each aim weighs more than everything the later aims can add up to."""

    def __init__(self, claims: list[tuple[str, list[Claim]]], *, best: bool) -> None:
        people = len(claims)
        everything = [claim for _, own in claims for claim in own]
        scores = {claim.wish.score: Fraction(claim.wish.score) for claim in everything}
        scale = lcm(*(score.denominator for score in scores.values()))
        self._points = {score: int(fraction * scale) for score, fraction in scores.items()}
        self._highest = max(self._points.values(), default=0)
        longest = max((len(own) for _, own in claims), default=0)
        self._turn = {applicant: place for place, (applicant, _) in enumerate(claims)}
        self._base, self._people, self._best = longest + 1, people, best
        self._point: int = self._base**people  # more than all orders of ties together
        spread = self._highest - min(self._points.values(), default=0)
        self.open_place: int = self._point * (people * spread + 1)
        self._position = self.open_place * (people + 1)
        self._rank = self._position * (people * longest + 1)
        self._nobody = self._rank * (people * max((claim.wish.rank for claim in everything), default=0) + 1)

    def of(self, claim: Claim, position: int) -> int:
        """What it costs to meet this claim."""
        points = self._highest - self._points[claim.wish.score]
        cost: int = claim.wish.rank * self._rank + position * self._position + points * self._point + self._order(claim, position)
        return cost

    def unplaced(self, own: list[Claim]) -> int:
        """What it costs to leave the applicant of these claims without a place."""
        cost: int = self._nobody + self._order(own[0], len(own))
        return cost

    def _order(self, claim: Claim, position: int) -> int:
        weight: int = self._base ** (self._people - 1 - self._turn[claim.applicant.id])
        return weight * (position if self._best else self._base - 1 - position)
