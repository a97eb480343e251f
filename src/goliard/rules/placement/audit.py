"""An independent check of a finished placement.

Written apart from the allocators: it shares with them the input values and the order of ties, no code. Where they choose, it
compares pairs: is there an applicant and a better wish that was somebody else's by less right? A run with findings cannot be
published.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from goliard.rules.placement.market import Applicant, Destination, Market, Wish
from goliard.rules.placement.ties import TieRule

SHOWN = 20  # findings kept a check; the number found is always exact


class Check(StrEnum):
    """What is checked. The first four hold for every policy, the others where the policy promises them."""

    OWN_WISH = "own-wish"  # whoever is placed applied, and got one of the own wishes
    ELIGIBLE = "eligible"  # nobody got a barred wish
    CAPACITY = "capacity"  # no destination above its places
    MAXIMA = "maxima"  # no group above its maximum
    RESERVES = "reserves"  # no member refused while a place within the reserve is free or held outside it
    NO_ENVY = "no-justified-envy"  # no better wish held by a lower standing
    NO_WASTE = "no-waste"  # no better wish with a free place
    KEPT = "kept"  # whoever held a place has it still, or a better wish; asked where places are offered again


ALWAYS = frozenset({Check.OWN_WISH, Check.ELIGIBLE, Check.CAPACITY, Check.MAXIMA})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: where, and with whom."""

    check: Check
    destination: str
    applicant: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The checks that were made, how often each failed, and the first findings of each."""

    failures: Mapping[Check, int]
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not any(self.failures.values())


@dataclass(slots=True)
class _Seats:
    """Who sits at one destination, by the group that counts there."""

    destination: Destination
    taken: int = 0
    of_group: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    worst: dict[str, tuple[Decimal, int]] = field(default_factory=dict)  # per group the least right, of those who held nothing before


def audit(market: Market, assignment: Mapping[str, Wish], ties: TieRule, promised: frozenset[Check]) -> AuditReport:
    """Check a result against the inputs. `promised` names the checks beyond `ALWAYS` that the policy stands for.

    Where places were held before (`Wish.held`), nobody may have lost one, and nobody envies those who kept theirs with justice.
    """
    checks = ALWAYS | promised | (frozenset({Check.KEPT}) if market.held else frozenset())
    failures = {check: 0 for check in Check if check in checks}
    findings: list[Finding] = []
    for finding in _findings(market, assignment, ties):
        if finding.check in checks:
            failures[finding.check] += 1
            if failures[finding.check] <= SHOWN:
                findings.append(finding)
    return AuditReport(failures, tuple(findings))


def _findings(market: Market, assignment: Mapping[str, Wish], ties: TieRule) -> Iterator[Finding]:
    people = {applicant.id: applicant for applicant in market.applicants}
    turn = ties.order(people)
    yield from _not_their_own(people, assignment)
    seats = {destination.id: _Seats(destination) for destination in market.destinations}
    for name, wish in assignment.items():
        if name in people and wish.destination in seats:
            _sit(seats[wish.destination], people[name], wish, turn[name], stands=market.held.get(name) == wish)
    for row in seats.values():
        yield from _over_the_limit(row)
    for name, person in people.items():
        for wish in person.wishes:
            if wish == assignment.get(name):
                break
            if wish.held:
                yield Finding(Check.KEPT, wish.destination, name)
            if not wish.barred:
                yield from _wronged(seats[wish.destination], person, wish, turn[name])


def _not_their_own(people: Mapping[str, Applicant], assignment: Mapping[str, Wish]) -> Iterator[Finding]:
    for name, wish in assignment.items():
        if name not in people or wish not in people[name].wishes:
            yield Finding(Check.OWN_WISH, wish.destination, name)
        elif wish.barred:
            yield Finding(Check.ELIGIBLE, wish.destination, name)


def _counting_group(destination: Destination, person: Applicant) -> str:
    named = {limit.group for limit in destination.reserves + destination.maxima}
    return next((group for group in person.groups if group in named), "")


def _sit(row: _Seats, person: Applicant, wish: Wish, turn: int, *, stands: bool) -> None:
    group = _counting_group(row.destination, person)
    row.taken += 1
    row.of_group[group] += 1
    right = (wish.score, -turn)  # the greater, the more right to the place
    if not stands:
        row.worst[group] = min(row.worst.get(group, right), right)


def _over_the_limit(row: _Seats) -> Iterator[Finding]:
    if row.taken > row.destination.places:
        yield Finding(Check.CAPACITY, row.destination.id, "")
    for limit in row.destination.maxima:
        if row.of_group[limit.group] > limit.places:
            yield Finding(Check.MAXIMA, row.destination.id, "")


def _wronged(row: _Seats, person: Applicant, wish: Wish, turn: int) -> Iterator[Finding]:
    """What this person could hold against the destination of a wish that came to nothing."""
    here, right = row.destination, (wish.score, -turn)
    group = _counting_group(here, person)
    within_maximum = all(row.of_group[group] < limit.places for limit in here.maxima if limit.group == group)
    reserves = {limit.group: limit.places for limit in here.reserves}
    free = row.taken < here.places
    beyond_reserve = {other for other, number in row.of_group.items() if number > reserves.get(other, 0) and other in row.worst}
    if row.of_group[group] < reserves.get(group, 0) and (free or beyond_reserve - {group}):
        yield Finding(Check.RESERVES, here.id, person.id)
    if free and within_maximum:
        yield Finding(Check.NO_WASTE, here.id, person.id)
    could_replace = {group} | (beyond_reserve if within_maximum else set())
    if any(row.worst[other] < right for other in could_replace if other in row.worst):
        yield Finding(Check.NO_ENVY, here.id, person.id)
