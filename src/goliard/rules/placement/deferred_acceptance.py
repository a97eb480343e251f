"""Student-proposing deferred acceptance (Gale and Shapley, 1962), the default policy.

Everyone asks for the best wish not yet refused; each destination keeps the best of all who asked so far and refuses the rest; who
is refused asks for the next wish. Nothing is final until nobody asks any more. The order of asking does not change the result.
"""

from __future__ import annotations

from collections import defaultdict

from goliard.rules.placement.choice import Claim, choose, choose_by_right, claims_of
from goliard.rules.placement.market import Market, Wish
from goliard.rules.placement.ties import TieRule


def deferred_acceptance(market: Market, ties: TieRule) -> dict[str, Wish]:
    """The wish that each placed applicant gets. Of all outcomes without justified envy it is the best one for every applicant at once."""
    claims = {applicant: iter(own) for applicant, own in claims_of(market, ties).items()}
    held: dict[str, list[Claim]] = defaultdict(list)
    select = choose if market.held else choose_by_right
    asking = list(claims)
    while asking:
        asked: dict[str, list[Claim]] = defaultdict(list)
        for applicant in asking:
            claim = next(claims[applicant], None)  # None: every wish was refused
            if claim is not None:
                asked[claim.wish.destination].append(claim)
        asking = []
        for destination, new in asked.items():
            held[destination], refused = select(market.destination[destination], held[destination] + new)
            asking.extend(claim.applicant.id for claim in refused)
    return {claim.applicant.id: claim.wish for kept in held.values() for claim in kept}
