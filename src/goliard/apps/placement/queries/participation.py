"""Who applied and who got a place, beside who is there: counted per group, people once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.models import Application
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.institutions.models.dated import holding
from goliard.apps.institutions.queries.placed_units import placed_units
from goliard.apps.people.models import Appointment, Enrolment
from goliard.apps.placement.choices import OfferState
from goliard.apps.placement.models import Offer
from goliard.apps.rounds.choices import Audience
from goliard.rules.rounds.participation import GroupCount, Participation, participation

Groups = Mapping[int, frozenset[str]]  # of a person


class Grouping(StrEnum):
    """By what people are told apart."""

    CYCLE = "cycle"  # students only
    CATEGORY = "category"  # staff only
    FACULTY = "faculty"


def participation_in(audience: Audience, academic_year: str, grouping: Grouping, day: date) -> tuple[Participation, ...]:
    """Return participation in the rounds of an academic year against who is enrolled or appointed on a day.

    Groups: the number of the cycle, the category of staff, or the key of the faculty. Somebody in two groups (two programmes) counts in
    both; nothing special (no declaration) is counted, and nobody's own data leave this function.
    """
    there = _there(audience, grouping, day)
    rows = Application.objects.filter(
        round__audience=audience, round__academic_year=academic_year, state=ApplicationState.SUBMITTED
    )  # fmt: skip
    applied = set(rows.values_list("person_id", flat=True))
    offers = Offer.objects.filter(application__in=rows, state=OfferState.ACCEPTED)
    placed = set(offers.values_list("application__person_id", flat=True))
    groups = sorted({group for own in there.values() for group in own})
    return participation({group: _count(group, there, applied, placed) for group in groups})


def _count(group: str, there: Groups, applied: set[int], placed: set[int]) -> GroupCount:
    people = {person for person, own in there.items() if group in own}
    return GroupCount(len(people), len(people & applied), len(people & placed))


def _there(audience: Audience, grouping: Grouping, day: date) -> Groups:
    model = Appointment if audience == Audience.STAFF else Enrolment
    field = "unit_id" if grouping is Grouping.FACULTY else grouping.value
    rows = list(model._default_manager.filter(holding(day)).values_list("person_id", field))
    names = _faculties({unit for _person, unit in rows}, day) if grouping is Grouping.FACULTY else {}
    found: dict[int, set[str]] = defaultdict(set)
    for person, value in rows:
        found[person].add(names[value] if grouping is Grouping.FACULTY else str(value))
    return {person: frozenset(own) for person, own in found.items()}


def _faculties(units: Iterable[int], day: date) -> dict[int, str]:
    """The key of the faculty (or of what stands highest) of each unit."""
    placed = placed_units(OrganizationalUnit.objects.filter(pk__in=set(units)), on=day)
    return {pk: (each.parent or each.unit).key for pk, each in placed.items()}
