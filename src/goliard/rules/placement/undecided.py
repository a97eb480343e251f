"""Does the outcome hang on the order of equal scores? If it does and no rule was named, nothing may be published.

For deferred acceptance two things are looked for in the finished outcome:

1. a tie at a cut-off: somebody was refused at a destination where an equal score holds a place that could have been theirs;
2. a tie on the way there: two equal scores were both refused in the end, but whichever had been refused first could have led
   elsewhere. By Erdil and Ergin (American Economic Review, 2008) another order leads elsewhere only if places could be handed round
   in a circle, each to one of the best who still want it. Without such a circle the outcome is the same for every order.

The second test is exact without reserves and maxima. With them it asks "the best of the own group", so it may see a circle too
many, never one too few. `tests/rules/placement/test_undecided.py` compares both with all orders of small markets.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from goliard.rules.placement.choice import Claim, claims_of
from goliard.rules.placement.cut_offs import Refusal, cut_offs, refusal
from goliard.rules.placement.immediate_acceptance import Round, rounds
from goliard.rules.placement.market import Market, Wish
from goliard.rules.placement.ties import UNDECIDED


@dataclass(frozen=True, slots=True)
class UndecidedTie:
    """Applicants whose order changes the outcome: as a rule, with the same score before the same destination."""

    destination: str
    score: Decimal | None  # None: whole plans are equally good, and differ for these applicants
    applicants: tuple[str, ...]


def refused_claims(claims: Mapping[str, list[Claim]], assignment: Mapping[str, Wish]) -> Iterator[Claim]:
    """Every claim that its applicant would rather have had than the outcome."""
    for applicant, own in claims.items():
        given = assignment.get(applicant)
        for claim in own:
            if given is not None and claim.wish == given:
                break
            yield claim


def undecided_ties(market: Market, assignment: Mapping[str, Wish]) -> list[UndecidedTie]:
    """Ties that decide a result of deferred acceptance; empty when every order of equal scores gives this same result."""
    claims = claims_of(market, UNDECIDED)
    limits = cut_offs(market, claims, assignment)
    refused = list(refused_claims(claims, assignment))
    at_cut_off = [
        (claim, last)
        for claim in refused
        for reason, last in [refusal(claim, limits[claim.wish.destination])]
        if reason is Refusal.TIED and last is not None
    ]
    if at_cut_off:
        return _gather(at_cut_off)
    equal = Counter((claim.wish.destination, claim.wish.score) for claim in refused)
    met = [claim for claim in refused if equal[claim.wish.destination, claim.wish.score] > 1]
    if met and _places_can_go_round(refused, assignment):
        return _gather([(claim, claim) for claim in met])
    return []


def undecided_in_rounds(market: Market, _assignment: Mapping[str, Wish]) -> list[UndecidedTie]:
    """Ties that decide a result of immediate acceptance: in one round an equal score got the place."""
    pairs = []
    for step in rounds(market, UNDECIDED):
        for claim in step.refused:
            rivals = [given for given in step.given if given.wish.score == claim.wish.score and _could_swap(claim, given, step)]
            pairs += [(claim, rival) for rival in rivals[:1]]
    return _gather(pairs)


def _could_swap(claim: Claim, given: Claim, step: Round) -> bool:
    if claim.group == given.group:
        return True
    members = Counter(holder.group for holder in step.given)
    return members[given.group] > step.destination.reserve(given.group) and members[claim.group] < step.destination.maximum(claim.group)


def _gather(pairs: list[tuple[Claim, Claim]]) -> list[UndecidedTie]:
    tied: dict[tuple[str, Decimal], set[str]] = defaultdict(set)
    for claim, rival in pairs:
        tied[claim.wish.destination, claim.wish.score] |= {claim.applicant.id, rival.applicant.id}
    return [UndecidedTie(destination, score, tuple(sorted(who))) for (destination, score), who in sorted(tied.items())]


def _places_can_go_round(refused: list[Claim], assignment: Mapping[str, Wish]) -> bool:
    """Whether a circle of destinations exists in which a holder of each is among the best, of the own group, who want the next."""
    best: dict[tuple[str, str], Decimal] = {}
    for claim in refused:
        key = claim.wish.destination, claim.group
        best[key] = max(best.get(key, claim.wish.score), claim.wish.score)
    following: dict[str, set[str]] = defaultdict(set)
    for claim in refused:
        given = assignment.get(claim.applicant.id)
        if given is not None and claim.wish.score == best[claim.wish.destination, claim.group]:
            following[given.destination].add(claim.wish.destination)
    return has_circle(following)


def has_circle(following: Mapping[str, set[str]]) -> bool:
    """Peel off destinations that nothing leads to; what never peels off lies on or behind a circle."""
    arrivals = Counter(target for targets in following.values() for target in targets)
    outer = [source for source in following if not arrivals[source]]
    peeled = 0
    while outer:
        source = outer.pop()
        peeled += 1
        for target in following.get(source, ()):
            arrivals[target] -= 1
            if not arrivals[target]:
                outer.append(target)
    return peeled < len(set(following) | set(arrivals))
