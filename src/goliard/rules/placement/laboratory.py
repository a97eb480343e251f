"""Before a policy is locked: what each would do with the same market. After an appeal: who is affected by corrected data.

Measures are exact: averages are fractions. Nothing here decides anything.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from goliard.rules.placement.audit import Check, audit
from goliard.rules.placement.market import Applicant, Market, Wish
from goliard.rules.placement.policies import FAIR, Policy, require_taken
from goliard.rules.placement.ties import TieRule


@dataclass(frozen=True, slots=True)
class Share:
    """How a set of applicants fared. `average_rank` is over those placed, `None` when there are none."""

    applicants: int
    placed: int
    first_wishes: int
    average_rank: Fraction | None


@dataclass(frozen=True, slots=True)
class Measures:
    """What a policy did. `envy` counts better wishes held by less right, `empty_places` places nobody got; `by_group` has "" for none.

    `by_part` is the same by whatever the applicants were divided into, such as faculties.
    """

    policy: str
    everyone: Share
    by_group: Mapping[str, Share]
    envy: int
    unmet_reserves: int
    empty_places: int
    by_part: Mapping[str, Share] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Difference:
    """One applicant whose outcome changes; `None` is no place."""

    applicant: str
    before: Wish | None
    after: Wish | None

    @property
    def is_loss(self) -> bool:
        """Whether the applicant ends with less: no place, or a wish of a higher number."""
        return self.before is not None and (self.after is None or self.after.rank > self.before.rank)


def measure(
    market: Market, policy: str, assignment: Mapping[str, Wish], ties: TieRule, part_of: Mapping[str, str] | None = None
) -> Measures:
    """Measure an assignment, whoever made it. `part_of` names the part of each applicant; who has none is counted in none."""
    groups = sorted({group for applicant in market.applicants for group in applicant.groups or {""}})
    members = {group: [person for person in market.applicants if group in (person.groups or {""})] for group in groups}
    parts: dict[str, list[Applicant]] = {}
    for person in market.applicants:
        if part := (part_of or {}).get(person.id, ""):
            parts.setdefault(part, []).append(person)
    found = audit(market, assignment, ties, FAIR).failures
    return Measures(
        policy=policy,
        everyone=_share(market.applicants, assignment),
        by_group={group: _share(people, assignment) for group, people in members.items()},
        envy=found[Check.NO_ENVY],
        unmet_reserves=found[Check.RESERVES],
        empty_places=sum(destination.places for destination in market.destinations) - len(assignment),
        by_part={part: _share(people, assignment) for part, people in sorted(parts.items())},
    )


def compare(market: Market, policies: Iterable[Policy], ties: TieRule, part_of: Mapping[str, str] | None = None) -> list[Measures]:
    """Each policy on the same market. Raises `MarketProblem` when a policy cannot take it."""
    found = []
    for policy in policies:
        require_taken(policy, market)
        found.append(measure(market, policy.name, policy.allocate(market, ties), ties, part_of))
    return found


def differences(before: Mapping[str, Wish], after: Mapping[str, Wish]) -> list[Difference]:
    """Whose outcome changes between two runs, by applicant. An other score for the same wish is no change."""
    changed = []
    for applicant in sorted({*before, *after}):
        old, new = before.get(applicant), after.get(applicant)
        if (old and old.destination) != (new and new.destination):
            changed.append(Difference(applicant, old, new))
    return changed


def _share(people: Iterable[Applicant], assignment: Mapping[str, Wish]) -> Share:
    everyone = list(people)
    ranks = Counter(assignment[person.id].rank for person in everyone if person.id in assignment)
    average = Fraction(sum(rank * number for rank, number in ranks.items()), ranks.total()) if ranks else None
    return Share(len(everyone), ranks.total(), ranks[1], average)
