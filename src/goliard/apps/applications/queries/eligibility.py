"""What is known of a person, and to which destinations of a round they may go: every destination with every reason why not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects

from goliard.apps.institutions.choices import UnitKind
from goliard.apps.institutions.models import CountryAdvice, OrganizationalUnit
from goliard.apps.institutions.models.dated import holding
from goliard.apps.institutions.queries.placed_units import placed_units
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


def person_facts(person: PersonRow, standing: Enrolment | Appointment | None, day: date) -> Person:
    """Return what the rules of eligibility need to know of a person who applies with an enrolment or an appointment, on a day."""
    languages = tuple(
        LanguageSkill(language, CefrLevel(level))
        for language, level in LanguageResult.objects.filter(person=person).values_list("language", "level")
    )
    citizenships = Citizenship.objects.filter(holding(day), person=person).values_list("country__iso2", flat=True)
    known: dict[str, Any] = {"languages": languages, "nationalities": frozenset(citizenships)}
    if standing is None:
        return Person(is_enrolled=False, **known)
    known |= {
        "is_enrolled": standing.holds_on(day),
        "faculty": _faculty_of(standing.unit, day),
        "subject": parse_isced_field(standing.subject) if standing.subject else None,
    }
    if isinstance(standing, Appointment):
        return Person(is_staff=True, staff_category=standing.category, **known)
    return Person(
        cycle=EqfLevel(standing.cycle),
        programme=standing.programme,
        credits=standing.credits,
        average=standing.average,
        bachelor_average=standing.bachelor_average,
        **known,
    )


def verdicts_of(round: Round, facts: Person, day: date, *, only: Collection[int] | None = None) -> list[Verdict]:
    """Return every destination of a round that is not withdrawn, by name, with the verdict; the number of queries does not grow.

    `only` names destinations (primary keys) where no others matter.
    """
    if only is not None and not only:
        return []
    prefetch_related_objects([round], "requirements")
    rows = round.destinations.filter(is_withdrawn=False).select_related("organisation__country", "unit").defer(*LONG_TEXTS)
    if only is not None:
        rows = rows.filter(pk__in=only)
    destinations = list(rows.order_by("organisation__name_en", "pk"))
    advice = _advice([row for row in destinations if row.direction != "incoming" and not row.is_own_host], day)
    pools = pools_of(round, destinations)
    unfit = _unfit(facts, destinations, pools)
    found = []
    for row in destinations:
        row.round = round  # the requirements that are read already
        own = [pool for pool in pools if pool.destination == str(row.public_id)]
        terms = tuple(sorted({term for pool in own for term in pool.semesters})) if all(pool.semesters for pool in own) else ()
        why = (*refusals(facts, requirements_of(row), advice.get(row.organisation.country_id)), *unfit.get(row.pk, ()))
        found.append(Verdict(row, sum(pool.places for pool in own), terms, why))
    return found


def _faculty_of(unit: OrganizationalUnit, day: date) -> str:
    placed = placed_units([unit], on=day)[unit.pk]
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
