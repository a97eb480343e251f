"""How one destination chooses among those who claim a place there.

1. Who was offered a place here before and still has it (`Wish.held`): only when places are offered again.
2. Each reserve: the best claimants of the group, up to what is left of the reserve.
3. The remaining places by score, as long as the claimant's group stays within its maximum.

A reserve is soft (what the group does not fill is open to all) and a floor: members who would win a place anyway count towards it.
A maximum is hard. A holder counts towards both. Since a claimant counts for at most one named group, the choice is consistent: who is
refused stays refused when more claimants come, and more claimants never fill fewer places. Deferred acceptance rests on those two.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from goliard.rules.placement.market import Applicant, Destination, Market, Wish, group_at, what_is_left
from goliard.rules.placement.ties import TieRule


@dataclass(frozen=True, slots=True)
class Claim:
    """An applicant before the destination of one wish. `group` is the one that counts there, `tie` the place in the order of ties."""

    applicant: Applicant
    wish: Wish
    group: str
    tie: int

    @property
    def standing(self) -> tuple[Decimal, int]:
        """Sorts claims from best to worst: the higher score, then the order of ties."""
        return self.wish.score.copy_negate(), self.tie  # `-score` would round to the context's precision


def claims_of(market: Market, ties: TieRule) -> dict[str, list[Claim]]:
    """Per applicant the claims that may be made, best wish first; barred wishes make none."""
    order = ties.order(applicant.id for applicant in market.applicants)
    return {
        applicant.id: [
            Claim(
                applicant, wish, group_at(market.destination[wish.destination], applicant) if applicant.groups else "", order[applicant.id]
            )
            for wish in applicant.wishes
            if not wish.barred
        ]
        for applicant in market.applicants
    }


def choose(destination: Destination, claims: Iterable[Claim]) -> tuple[list[Claim], list[Claim]]:
    """Split the claims into those the destination keeps (never more than its places) and those it refuses, each best first."""
    everybody = list(claims)
    staying = [claim for claim in everybody if claim.wish.held]
    rest = what_is_left(destination, (claim.group for claim in staying)) if staying else destination
    kept, refused = choose_by_right(rest, (claim for claim in everybody if not claim.wish.held))
    return sorted(staying + kept, key=lambda claim: claim.standing), refused


def choose_by_right(destination: Destination, claims: Iterable[Claim]) -> tuple[list[Claim], list[Claim]]:
    """As `choose`, where nobody was offered a place here before."""
    ranked = sorted(claims, key=lambda claim: claim.standing)
    if not destination.reserves and not destination.maxima:
        return ranked[: destination.places], ranked[destination.places :]
    kept = _reserved(destination, ranked)
    held = Counter(claim.group for claim in kept)
    chosen = {claim.applicant.id for claim in kept}
    for claim in ranked:
        if len(kept) == destination.places:
            break
        if claim.applicant.id not in chosen and held[claim.group] < destination.maximum(claim.group):
            kept.append(claim)
            chosen.add(claim.applicant.id)
            held[claim.group] += 1
    return sorted(kept, key=lambda claim: claim.standing), [claim for claim in ranked if claim.applicant.id not in chosen]


def _reserved(destination: Destination, ranked: list[Claim]) -> list[Claim]:
    """The best of each group, up to its reserve."""
    return [claim for entry in destination.reserves for claim in [claim for claim in ranked if claim.group == entry.group][: entry.places]]
