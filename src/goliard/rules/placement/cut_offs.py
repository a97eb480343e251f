"""What it took to get in: per destination the last place given, and why one claim was refused there.

These facts are read from the finished assignment, not from the way there, so that they hold for every policy and for a result made
elsewhere.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from goliard.rules.placement.choice import Claim
from goliard.rules.placement.market import Destination, Market, Wish


class Refusal(StrEnum):
    """Why a claim got no place."""

    NO_PLACES = "no-places"  # the destination has none in this round
    CLOSED_TO_GROUP = "closed-to-group"  # the group's maximum is 0
    GROUP_MAXIMUM = "group-maximum"  # the group's maximum was filled by better members
    RESERVED = "reserved"  # every place went to members of other groups on their reserve
    GROUP_RESERVE = "group-reserve"  # every place was reserved, those for this group went to better members
    OUTSCORED = "outscored"  # the last open place went to a higher score
    TIED = "tied"  # … to the same score, and the order of ties decided
    KEPT = "kept"  # … was offered before, and stays with whoever got it then
    PASSED_OVER = "passed-over"  # … to a lower score: only policies that do not promise the contrary


@dataclass(frozen=True, slots=True)
class CutOff:
    """Who holds the places of a destination, best first, with the last of them.

    `last_open` is the worst claim on an open place: one that its group's reserve does not cover. `None` when there is no such claim.
    """

    destination: Destination
    held: tuple[Claim, ...]
    members: Mapping[str, int]
    last_of_group: Mapping[str, Claim]
    last_open: Claim | None

    @property
    def is_full(self) -> bool:
        """Whether every place is taken."""
        return len(self.held) >= self.destination.places


def cut_offs(market: Market, claims: Mapping[str, list[Claim]], assignment: Mapping[str, Wish]) -> dict[str, CutOff]:
    """The cut-off of every destination."""
    held: dict[str, list[Claim]] = defaultdict(list)
    for applicant, wish in assignment.items():
        held[wish.destination].append(next(claim for claim in claims[applicant] if claim.wish == wish))
    return {destination.id: _cut_off(destination, held[destination.id]) for destination in market.destinations}


def _cut_off(destination: Destination, held: list[Claim]) -> CutOff:
    ranked = sorted(held, key=lambda claim: claim.standing)
    members = Counter(claim.group for claim in ranked)
    open_to_all = [claim for claim in ranked if members[claim.group] > destination.reserve(claim.group)]
    return CutOff(
        destination=destination,
        held=tuple(ranked),
        members=members,
        last_of_group={claim.group: claim for claim in ranked},  # the last one written is the worst
        last_open=open_to_all[-1] if open_to_all else None,
    )


def refusal(claim: Claim, cut_off: CutOff) -> tuple[Refusal, Claim | None]:  # noqa: PLR0911 -- one line a kind of refusal, in order
    """Why this claim got no place, and the claim that holds the place it came nearest to."""
    destination, group = cut_off.destination, claim.group
    if destination.places == 0:
        return Refusal.NO_PLACES, None
    last = cut_off.last_of_group.get(group) if group else None
    if group and destination.maximum(group) == 0:
        return Refusal.CLOSED_TO_GROUP, None
    if last and last.wish.score == claim.wish.score and last.standing < claim.standing:
        return Refusal.TIED, last
    if last and cut_off.members[group] >= destination.maximum(group) < destination.places:
        return _compared(claim, last, Refusal.GROUP_MAXIMUM)
    if cut_off.last_open is not None:
        return _compared(claim, cut_off.last_open, Refusal.OUTSCORED)
    if last and last.wish.held and claim.standing < last.standing:
        return Refusal.KEPT, last
    return (Refusal.GROUP_RESERVE, last) if last else (Refusal.RESERVED, None)


def _compared(claim: Claim, last: Claim, beaten: Refusal) -> tuple[Refusal, Claim]:
    if claim.standing < last.standing:
        return Refusal.KEPT if last.wish.held else Refusal.PASSED_OVER, last
    return (Refusal.TIED if claim.wish.score == last.wish.score else beaten), last


def on_reserve(claim: Claim, cut_off: CutOff) -> bool:
    """Whether a holder owes the place to the reserve: the last open place took more than this claim has."""
    if cut_off.members[claim.group] > cut_off.destination.reserve(claim.group):
        return False
    return cut_off.is_full and (cut_off.last_open is None or cut_off.last_open.standing < claim.standing)
