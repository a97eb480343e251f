"""What placement reads of a round: pools of places, the policy, the groups."""

from __future__ import annotations

from collections.abc import Sequence

from goliard.apps.rounds.choices import TermChoice, TiesChoice
from goliard.apps.rounds.models import Criterion, DestinationPool, Round, RoundDestination
from goliard.apps.rounds.models.listed import listed
from goliard.rules.placement.market import GroupPlaces
from goliard.rules.placement.policies import POLICIES, Policy
from goliard.rules.placement.pools import Pool
from goliard.rules.placement.ties import APPLICANT, TieRule
from goliard.rules.rounds.readiness import RoundFacts
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Text


def policy_of(round: Round) -> tuple[Policy, TieRule]:
    """Return how a round gives out places and orders equal scores. Raises KeyError for a policy that no rule knows."""
    return POLICIES[round.policy], TieRule(APPLICANT if round.ties == TiesChoice.APPLICANT else round.seed)


def pools_of(round: Round, destinations: Sequence[RoundDestination] | None = None) -> tuple[Pool, ...]:
    """Return the places of a round as pools with reserves and maxima, destinations that are withdrawn left out.

    A pool's id is its public id; wishes point to the public id of its destination. `destinations` are those of the round that are not
    withdrawn and matter, where the caller has read them already.
    """
    rows = DestinationPool.objects.filter(destination__round=round, destination__is_withdrawn=False).select_related("faculty")
    read = {row.pk: row for row in destinations or ()}
    rows = (
        rows.select_related("destination__organisation", "destination__unit", "faculty")
        if destinations is None
        else rows.filter(destination__in=read)
    )
    pools = list(rows.prefetch_related("group_places__group").order_by("pk"))
    for pool in pools:
        if pool.destination_id in read:
            pool.destination = read[pool.destination_id]
    return tuple(_pool(pool) for pool in pools)


def criteria_of(destination: RoundDestination) -> list[Criterion]:
    """Return the criteria that count at a destination: its own, or those of the round."""
    rows = list(destination.round.criteria.all())
    return [row for row in rows if row.destination_id == destination.pk] or [row for row in rows if row.destination_id is None]


def facts_of(round: Round) -> RoundFacts:
    """Gather what the rules need to know before a round opens or its policy is locked."""
    rows = list(round.criteria.select_related("destination__organisation"))
    weights = {"": sum(row.weight for row in rows if row.destination is None)}
    for row in rows:
        if row.destination is not None:
            name = row.destination.name("en")
            weights[name] = weights.get(name, 0) + row.weight
    lists = tuple(
        (str(question.position), len(question.choices("nl")), len(question.choices("en")))
        for question in round.questions.filter(kind__in=("choice", "several"))
    )
    return RoundFacts(
        destinations=round.destinations.filter(is_withdrawn=False).count(), wishes_min=round.wishes_min, wishes_max=round.wishes_max,
        weights=weights, policy=round.policy, ties=round.ties, seed=round.seed, own_criteria=len(weights) > 1, lists=lists,
    )  # fmt: skip


def _pool(row: DestinationPool) -> Pool:
    groups = list(row.group_places.all())
    return Pool(
        id=str(row.public_id),
        destination=str(row.destination.public_id),
        places=row.places,
        name=Text(row.destination.name("nl"), row.destination.name("en")),
        semesters=frozenset() if row.term == TermChoice.ANY else frozenset({row.term}),
        cycles=frozenset(EqfLevel(int(digit)) for digit in row.eqf_levels),
        subjects=frozenset(parse_isced_field(code) for code in listed(row.subjects)),
        faculties=frozenset({row.faculty.key}) if row.faculty else frozenset(),
        reserves=tuple(GroupPlaces(each.group.key, each.reserved) for each in groups if each.reserved),
        maxima=tuple(GroupPlaces(each.group.key, each.maximum) for each in groups if each.maximum is not None),
    )
