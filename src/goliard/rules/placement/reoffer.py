"""After the offers: who answered what, whose turn it is for the places that came free, and who is waiting where.

**Under deferred acceptance and serial dictatorship nobody who stays loses a place**: with fewer claims the same rule gives everyone the
same wish or a better one, so the whole round may be run again after every answer, and free places find their way up the lists by
themselves. That holds as long as places do not become fewer and nobody comes back. Where a partner takes a place away, or somebody whose
place it was competes again, the rule alone could take a place from a third who did nothing. Therefore whoever has a place goes before
everybody else *there* (`Wish.held`) and loses it for a better wish only. Where nothing was taken away this changes no outcome.

**Under the other policies a whole round is not run again**; there everyone keeps what was offered and only those without a place compete
for what is free.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from goliard.rules.placement.choice import Claim, claims_of
from goliard.rules.placement.market import Destination, GroupPlaces, Market, Wish, group_at, what_is_left
from goliard.rules.placement.policies import Policy
from goliard.rules.placement.run import PlacementRun, place
from goliard.rules.placement.ties import TieRule
from goliard.rules.placement.undecided import refused_claims
from goliard.rules.values.texts import Reason


class Answer(StrEnum):
    """Where an applicant stands. Whoever gave no answer yet is `HOPING`."""

    HOPING = "hoping"  # holds the offer, if any, and takes a better wish that comes free; without a place: takes any wish
    ACCEPTED = "accepted"  # keeps this place and wants no other
    WAITING = "waiting"  # gives the place back and waits for a better wish only
    LEFT = "left"  # declined, withdrew, or let the date pass: wants nothing any more


@dataclass(frozen=True, slots=True)
class Reoffer:
    """The round after answers: `run` placed whoever competes, `kept` are the places that were not at stake."""

    run: PlacementRun
    kept: Mapping[str, Wish]

    @property
    def assignment(self) -> dict[str, Wish]:
        """Who has which place now."""
        return {**self.kept, **self.run.assignment}


def place_again(market: Market, held: Mapping[str, Wish], answers: Mapping[str, Answer], policy: Policy, ties: TieRule) -> Reoffer:
    """Offer free places by the same policy. `held` is the assignment that was answered. Raises as `place` does."""
    remaining, kept = market_again(market, held, answers, policy)
    return Reoffer(place(remaining, policy, ties), kept)


def market_again(market: Market, held: Mapping[str, Wish], answers: Mapping[str, Answer], policy: Policy) -> tuple[Market, dict[str, Wish]]:
    """What is placed again, and the places that are not at stake: none where the whole round may be run again.

    `held` are the places as they were last offered; whose place was taken away stands not in it, and competes with every wish.
    """
    remaining = after_answers(market, held, answers)
    staying = {Answer.HOPING, Answer.ACCEPTED}
    kept = {applicant: wish for applicant, wish in held.items() if answers.get(applicant, Answer.HOPING) in staying}
    if policy.rerun_harms_nobody:
        return standing(remaining, kept), {}
    return set_apart(remaining, kept), kept


def standing(market: Market, held: Mapping[str, Wish]) -> Market:
    """The market in which these places stand: their holders go before everybody else there."""
    return Market(
        tuple(
            replace(each, wishes=tuple(replace(wish, held=wish.destination == held[each.id].destination) for wish in each.wishes))
            if each.id in held
            else each
            for each in market.applicants
        ),
        market.destinations,
    )


def after_answers(market: Market, held: Mapping[str, Wish], answers: Mapping[str, Answer]) -> Market:
    """The market with the wishes that are left: none of those who left, one of those who accepted, the better ones of those who wait."""
    applicants = []
    for applicant in market.applicants:
        answer, given = answers.get(applicant.id, Answer.HOPING), held.get(applicant.id)
        if answer is Answer.LEFT:
            continue
        wishes = applicant.wishes
        if given is not None and answer is Answer.ACCEPTED:
            wishes = (given,)
        if given is not None and answer is Answer.WAITING:
            wishes = wishes[: wishes.index(given)]
        applicants.append(replace(applicant, wishes=wishes))
    return Market(tuple(applicants), market.destinations)


def with_places(market: Market, places: Mapping[str, int]) -> Market:
    """The market with so many places as there are now (none where nothing is said); reserves shrink, in their order, to what there is."""
    return Market(market.applicants, tuple(_resized(each, places.get(each.id, 0)) for each in market.destinations))


def _resized(destination: Destination, places: int) -> Destination:
    reserves, unpromised = [], places
    for entry in destination.reserves:
        reserves.append(GroupPlaces(entry.group, min(entry.places, unpromised)))
        unpromised -= reserves[-1].places
    return replace(destination, places=places, reserves=tuple(reserves))


def barred_now(market: Market, barred: Mapping[str, tuple[Reason, ...]]) -> Market:
    """The market in which nobody is given a place at these destinations any more. A place that stands there stands."""

    def now(wish: Wish) -> Wish:
        return wish if wish.held or wish.barred or wish.destination not in barred else replace(wish, barred=barred[wish.destination])

    people = (replace(each, wishes=tuple(now(wish) for wish in each.wishes)) for each in market.applicants)
    return Market(tuple(people), market.destinations)


def set_apart(market: Market, seats: Mapping[str, Wish]) -> Market:
    """The market without these applicants and their places: for places given by hand, and for places that are not at stake."""
    groups: dict[str, list[str]] = defaultdict(list)
    for applicant in market.applicants:
        if applicant.id in seats:
            destination = market.destination[seats[applicant.id].destination]
            groups[destination.id].append(group_at(destination, applicant))
    return Market(
        tuple(applicant for applicant in market.applicants if applicant.id not in seats),
        tuple(what_is_left(destination, groups[destination.id]) for destination in market.destinations),
    )


def waiting_lists(run: PlacementRun) -> dict[str, tuple[Claim, ...]]:
    """Per destination those who would rather have it than what they got, best standing first.

    The order is that of scores; where a destination has reserves or maxima the next free place may skip to the first who may take it.
    """
    lists: dict[str, list[Claim]] = {destination.id: [] for destination in run.market.destinations}
    for claim in refused_claims(claims_of(run.market, run.ties), run.assignment):
        lists[claim.wish.destination].append(claim)
    return {destination: tuple(sorted(claims, key=lambda claim: claim.standing)) for destination, claims in lists.items()}
