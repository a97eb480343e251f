"""What is known of a person, and to which destinations of a round they may go: every destination with every reason why not."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from goliard.apps.institutions.choices import UnitKind
from goliard.apps.institutions.models import CountryAdvice, OrganizationalUnit
from goliard.apps.institutions.models.dated import holding
from goliard.apps.institutions.queries.placed_units import PlacedUnit, placed_units
from goliard.apps.people.models import Appointment, Citizenship, Enrolment, LanguageResult
from goliard.apps.people.models import Person as PersonRow
from goliard.apps.rounds.models import Round, RoundDestination
from goliard.apps.rounds.queries.asked import requirements_of
from goliard.apps.rounds.queries.pools import pools_of
from goliard.rules.eligibility.facts import LanguageSkill, Person, TravelAdvice
from goliard.rules.eligibility.verdict import refusals
from goliard.rules.placement.pools import Candidate, Pool, PoolWish, market_of_pools
from goliard.rules.values.cefr import CefrLevel
from goliard.rules.values.eqf import EqfLevel
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Reason

LONG_TEXTS = ("info_nl", "info_en", "organisation__profile_nl", "organisation__profile_en")  # no verdict needs them


@dataclass(frozen=True, slots=True)
class Verdict:
    """A destination, its places and semesters, and every reason why the person may not go there (empty: they may)."""

    destination: RoundDestination
    places: int
    terms: tuple[str, ...]
    refusals: tuple[Reason, ...] = ()


def enrolments_on(person: PersonRow, day: date) -> list[Enrolment]:
    """Return the enrolments that hold on a day, the newest first."""
    rows = person.enrolments.filter(holding(day)).select_related("unit")
    return sorted(rows, key=lambda row: (row.valid_from or date.min, row.pk), reverse=True)


def appointments_on(person: PersonRow, day: date) -> list[Appointment]:
    """Return the appointments that hold on a day, the newest first."""
    rows = person.appointments.filter(holding(day)).select_related("unit")
    return sorted(rows, key=lambda row: (row.valid_from or date.min, row.pk), reverse=True)


def standings_on(person: PersonRow, round: Round, day: date) -> Sequence[Enrolment | Appointment]:
    """Return with what a person may apply in a round on a day, the newest first: appointments in a round for staff, else enrolments."""
    return appointments_on(person, day) if round.is_for_staff else enrolments_on(person, day)


@dataclass(frozen=True, slots=True)
class Backgrounds:
    """What is known of several people besides their enrolment, by the primary key of person and unit."""

    languages: Mapping[int, tuple[LanguageSkill, ...]]
    nationalities: Mapping[int, frozenset[str]]
    faculties: Mapping[int, str]


def backgrounds(people: Collection[int], units: Sequence[OrganizationalUnit], day: date) -> Backgrounds:
    """Read what is known of people on a day, and of which faculty their units are, in three queries."""
    languages: dict[int, tuple[LanguageSkill, ...]] = {}
    for person, language, level in LanguageResult.objects.filter(person__in=people).values_list("person_id", "language", "level"):
        languages[person] = (*languages.get(person, ()), LanguageSkill(language, CefrLevel(level)))
    nationalities: dict[int, frozenset[str]] = {}
    citizenships = Citizenship.objects.filter(holding(day), person__in=people)
    for person, country in citizenships.values_list("person_id", "country__iso2"):
        nationalities[person] = nationalities.get(person, frozenset()) | {country}
    placed = placed_units(units, on=day) if units else {}
    return Backgrounds(languages, nationalities, {key: faculty_of(unit) for key, unit in placed.items()})


def person_facts(person: PersonRow, standing: Enrolment | Appointment | None, day: date, *, known: Backgrounds | None = None) -> Person:
    """Return what the rules of eligibility need to know of a person who applies with an enrolment or an appointment, on a day.

    `known` holds what was read of many people at once.
    """
    known = known or backgrounds([person.pk], [standing.unit] if standing else [], day)
    facts: dict[str, Any] = {
        "languages": known.languages.get(person.pk, ()),
        "nationalities": known.nationalities.get(person.pk, frozenset()),
    }
    if standing is None:
        return Person(is_enrolled=False, **facts)
    facts |= {
        "is_enrolled": standing.holds_on(day),
        "faculty": known.faculties[standing.unit_id],
        "subject": parse_isced_field(standing.subject) if standing.subject else None,
    }
    if isinstance(standing, Appointment):
        return Person(is_staff=True, staff_category=standing.category, **facts)
    return Person(
        cycle=EqfLevel(standing.cycle),
        programme=standing.programme,
        credits=standing.credits,
        average=standing.average,
        bachelor_average=standing.bachelor_average,
        **facts,
    )


@dataclass(frozen=True, slots=True)
class RoundOffer:
    """What a round offers on a day, read once to judge one person or many."""

    destinations: Sequence[RoundDestination]
    pools: Sequence[Pool]
    advice: Mapping[int | None, TravelAdvice]

    def verdicts(self, facts: Person) -> list[Verdict]:
        """Return every destination, in order, with the verdict on a person."""
        unfit = _unfit(facts, self.destinations, self.pools)
        found = []
        for row in self.destinations:
            own = [pool for pool in self.pools if pool.destination == str(row.public_id)]
            terms = tuple(sorted({term for pool in own for term in pool.semesters})) if all(pool.semesters for pool in own) else ()
            why = (*refusals(facts, requirements_of(row), self.advice.get(row.organisation.country_id)), *unfit.get(row.pk, ()))
            found.append(Verdict(row, sum(pool.places for pool in own), terms, why))
        return found


def verdicts_of(round: Round, facts: Person, day: date, *, only: Collection[int] | None = None) -> list[Verdict]:
    """Return every destination of a round that is not withdrawn, by name, with the verdict; the number of queries does not grow.

    `only` names destinations (primary keys) where no others matter.
    """
    return round_offer(round, day, only=only).verdicts(facts)


def round_offer(round: Round, day: date, *, only: Collection[int] | None = None) -> RoundOffer:
    """Read every destination of a round that is not withdrawn (or `only` some, by primary key), by name, with its places and advice."""
    if only is not None and not only:
        return RoundOffer((), (), {})
    prefetch_related_objects([round], "requirements")
    rows = round.destinations.filter(is_withdrawn=False).select_related("organisation__country", "unit").defer(*LONG_TEXTS)
    if only is not None:
        rows = rows.filter(pk__in=only)
    destinations = list(rows.order_by("organisation__name_en", "pk"))
    advice = _advice([row for row in destinations if row.direction != "incoming" and not row.is_own_host], day)
    for row in destinations:
        row.round = round  # the requirements that are read already
    return RoundOffer(destinations, pools_of(round, destinations), advice)


def faculty_of(placed: PlacedUnit) -> str:
    """Return the key of the faculty of a unit, or of what stands highest above it."""
    line = (placed.unit, *placed.above)
    return next((unit.key for unit in line if unit.kind == UnitKind.FACULTY), line[-1].key)


def _advice(destinations: Sequence[RoundDestination], day: date) -> dict[int | None, TravelAdvice]:
    countries = {row.organisation.country_id for row in destinations if row.organisation.country_id}
    rows = CountryAdvice.objects.filter(holding(day), country_id__in=countries).order_by("valid_from", "pk")
    return {row.country_id: TravelAdvice(row.colour) for row in rows}


def _unfit(facts: Person, destinations: Sequence[RoundDestination], pools: Sequence[Pool]) -> dict[int, tuple[Reason, ...]]:
    """Why no pool of a destination fits the person, whatever the semester; absent where one does."""
    if facts.cycle is None and not facts.is_staff:
        return {}
    wishes = tuple(PoolWish(rank, str(row.public_id), Decimal(0)) for rank, row in enumerate(destinations, 1))
    market = market_of_pools([Candidate("person", facts.cycle or EqfLevel.BACHELOR, facts.subject, facts.faculty, wishes)], pools)
    barred: dict[int, tuple[Reason, ...]] = {}
    for wish in market.applicants[0].wishes if market.applicants else ():
        if wish.barred:
            barred[destinations[wish.rank - 1].pk] = wish.barred
    return barred
