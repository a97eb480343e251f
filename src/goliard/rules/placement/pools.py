"""Places as agreements give them: by destination, semester, level of study, subject and faculty; and how they become one market.

Every condition of an agreement is a pool of places with its own id. A wish for a destination becomes wishes, of the same rank, for each of
its pools that the applicant fits: the pool with most conditions first (it is open to the fewest others), then by id. An applicant thus
first asks for the places that only people like them can take. Under deferred acceptance this keeps its guarantees pool by pool.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, Wish
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import IscedField
from goliard.rules.values.texts import Reason, Text

NOTHING_HERE = Reason("placement.nothing-here", Text("hier zijn in deze ronde geen plaatsen.", "there are no places here in this round."))


@dataclass(frozen=True, slots=True)
class Pool:
    """Places under one condition. Empty means "any"; a subject covers the narrower fields within it."""

    id: str
    destination: str
    places: int
    name: Text | None = None
    semesters: frozenset[str] = frozenset()
    cycles: frozenset[EqfLevel] = frozenset()
    subjects: frozenset[IscedField] = frozenset()
    faculties: frozenset[str] = frozenset()
    reserves: tuple[GroupPlaces, ...] = ()
    maxima: tuple[GroupPlaces, ...] = ()

    @property
    def conditions(self) -> int:
        """How many things it asks for."""
        return sum(bool(wanted) for wanted in (self.semesters, self.cycles, self.subjects, self.faculties))


@dataclass(frozen=True, slots=True)
class PoolWish:
    """A wish for a destination, in one semester or (empty) in any."""

    rank: int
    destination: str
    score: Decimal
    semester: str = ""
    barred: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """An applicant as the student system knows them."""

    id: str
    cycle: EqfLevel
    subject: IscedField | None
    faculty: str
    wishes: tuple[PoolWish, ...]
    groups: frozenset[str] = frozenset()


def market_of_pools(candidates: Iterable[Candidate], pools: Iterable[Pool]) -> Market:
    """The market in which every pool is a destination. A wish that fits no pool stays, barred, with the reason why."""
    at: dict[str, list[Pool]] = defaultdict(list)
    for pool in sorted(pools, key=lambda pool: (-pool.conditions, pool.id)):
        at[pool.destination].append(pool)
    known = {pool.id for own in at.values() for pool in own}
    people = list(candidates)
    closed = {wish.destination for person in people for wish in person.wishes if wish.destination not in at} - known
    applicants = tuple(Applicant(person.id, tuple(_wishes(person, at)), person.groups) for person in people)
    destinations = [Destination(pool.id, pool.places, pool.reserves, pool.maxima, pool.name) for own in at.values() for pool in own]
    return Market(applicants, (*destinations, *(Destination(name, 0) for name in sorted(closed))))


def _wishes(person: Candidate, at: dict[str, list[Pool]]) -> Iterator[Wish]:
    named: set[str] = set()
    for wish in person.wishes:
        pools = at.get(wish.destination, [])
        reasons = {pool.id: tuple(_unfit(person, wish, pool)) for pool in pools}
        fitting = [pool.id for pool in pools if not reasons[pool.id]]
        if fitting:
            chosen = [(pool, wish.barred) for pool in fitting]
        elif pools:
            nearest = min(pools, key=lambda pool: len(reasons[pool.id])).id
            chosen = [(nearest, wish.barred + reasons[nearest])]
        else:
            chosen = [(wish.destination, (*wish.barred, NOTHING_HERE))]
        for pool_id, barred in chosen:
            if pool_id not in named:  # "any semester" after "autumn" names the same pool again
                named.add(pool_id)
                yield Wish(wish.rank, pool_id, wish.score, barred)


def _unfit(person: Candidate, wish: PoolWish, pool: Pool) -> Iterator[Reason]:
    if pool.semesters and wish.semester and wish.semester not in pool.semesters:
        yield _reason("semester", "de plaatsen zijn in een ander semester.", "the places are in another semester.")
    if pool.cycles and person.cycle not in pool.cycles:
        yield _reason("cycle", "de plaatsen zijn voor een ander studieniveau.", "the places are for another level of study.")
    if pool.subjects and not (person.subject and any(subject.covers(person.subject) for subject in pool.subjects)):
        yield _reason("subject", "de plaatsen zijn voor een ander vakgebied.", "the places are for another subject area.")
    if pool.faculties and person.faculty not in pool.faculties:
        yield _reason("faculty", "de plaatsen zijn voor een andere faculteit.", "the places are for another faculty.")


def _reason(field: str, nl: str, en: str) -> Reason:
    return Reason(f"placement.{field}", Text(nl, en), field=field)
