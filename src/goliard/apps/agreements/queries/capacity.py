"""Places of one academic year, condition by condition: what there is, what is claimed, what is free."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from goliard.apps.agreements.choices import ClaimState
from goliard.apps.agreements.models import Agreement, CooperationCondition, PlaceClaim, SubjectArea
from goliard.apps.agreements.queries.destinations import covering, line_of
from goliard.apps.agreements.queries.places import supply_of
from goliard.apps.agreements.queries.versions import conditions_in_force
from goliard.rules.agreements.places import Claim, Left, Supply, left
from goliard.rules.values.academic_year import AcademicYear, parse_academic_year


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a condition gives in a year of its own calendar, what is claimed of it, and what is left."""

    condition: CooperationCondition
    academic_year: str
    supply: Supply
    claimed: int
    left: Left


def conditions_of_year(year: AcademicYear, agreements: QuerySet[Agreement]) -> QuerySet[CooperationCondition]:
    """Return the conditions of agreements in effect that hold in an academic year of either hemisphere: its first calendar year decides.

    Without those between two partners, out of which nobody of the institution goes or comes.
    """
    first = f"{year.first:04}"
    ours = Q(sending__is_home=True) | Q(receiving__is_home=True)
    return conditions_in_force().filter(
        ours, version__agreement__in=agreements, first_year__lte=f"{first}/9999", last_year__gte=f"{first}/"
    )


def about_subject(conditions: QuerySet[CooperationCondition], code: str) -> QuerySet[CooperationCondition]:
    """Return the conditions that cover an ISCED-F code of two to four digits."""
    return conditions.filter(Exists(SubjectArea.objects.filter(covering(code), condition=OuterRef("pk"))))


def open_to_unit(conditions: QuerySet[CooperationCondition], unit_key: str, on: date) -> QuerySet[CooperationCondition]:
    """Return the conditions out of which a home unit may take places: of its line of units, or for everybody; none for an unknown key."""
    units = line_of(unit_key, on)
    agreement = Q(version__agreement__owner=None) | Q(version__agreement__owner__in=units)
    sends = Q(sending__is_home=True) & (Q(sending_unit__in=units) | (Q(sending_unit=None) & agreement))
    receives = Q(receiving__is_home=True) & (Q(receiving_unit__in=units) | (Q(receiving_unit=None) & agreement))
    return conditions.filter(sends | receives) if units else conditions.none()


def capacity_of(conditions: Iterable[CooperationCondition], year: AcademicYear) -> list[Capacity]:
    """Return what each condition (with its `splits` at hand) gives in the year, in one query for the claims on all of them."""
    rows = list(conditions)
    years = {row.pk: _own_year(row, year) for row in rows}
    claims: dict[int | None, list[Claim]] = defaultdict(list)
    live = PlaceClaim.objects.filter(condition__in=rows, academic_year__in=set(years.values())).exclude(state=ClaimState.RELEASED)
    for condition, academic_year, places, unit in live.values_list("condition_id", "academic_year", "places", "unit_id"):
        if condition is not None and years[condition] == academic_year:
            claims[condition].append(Claim(places, unit))
    return [_capacity(row, years[row.pk], tuple(claims[row.pk])) for row in rows]


def _own_year(row: CooperationCondition, year: AcademicYear) -> str:
    first = parse_academic_year(row.first_year)
    return str(first.shifted(year.first - first.first))


def _capacity(row: CooperationCondition, academic_year: str, claims: tuple[Claim, ...]) -> Capacity:
    supply = supply_of(row)
    return Capacity(row, academic_year, supply, sum(claim.places for claim in claims), left(supply, claims))
