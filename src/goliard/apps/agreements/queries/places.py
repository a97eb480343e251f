"""What conditions give and what is claimed of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from goliard.apps.agreements.choices import ClaimState
from goliard.apps.agreements.models import Agreement, CooperationCondition, PlaceClaim
from goliard.apps.agreements.queries.versions import conditions_in_force
from goliard.apps.institutions.models import OrganizationalUnit
from goliard.apps.projects.models import ProjectFlow
from goliard.rules.agreements.places import Claim, Left, Supply, left
from goliard.rules.values.academic_year import parse_academic_year


def supply_of(condition: CooperationCondition) -> Supply:
    """Return what a condition gives in each of its years."""
    return Supply(condition.mobilities_per_year, {split.unit_id: split.places for split in condition.splits.all()})


def claims_on(condition: CooperationCondition, academic_year: str) -> tuple[Claim, ...]:
    """Return the live claims on a condition in a year."""
    live = PlaceClaim.objects.filter(condition=condition, academic_year=academic_year).exclude(state=ClaimState.RELEASED)
    return tuple(Claim(places, unit) for places, unit in live.values_list("places", "unit_id"))


def claims_on_flow(flow: ProjectFlow) -> tuple[Claim, ...]:
    """Return the live claims on a project's flow, of all years; the unit does not matter there."""
    live = PlaceClaim.objects.filter(project_flow=flow).exclude(state=ClaimState.RELEASED)
    return tuple(Claim(places) for places in live.values_list("places", flat=True))


@dataclass(frozen=True, slots=True)
class YearPlaces:
    """What a condition gives in one academic year, what is claimed, and what is left."""

    condition: CooperationCondition
    academic_year: str
    supply: Supply
    claimed: int
    left: Left

    @property
    def shares(self) -> list[tuple[OrganizationalUnit, int, int]]:
        """The units with a share of their own: how many places, and how many of them are left."""
        return [(split.unit, split.places, self.left.shares.get(split.unit_id, 0)) for split in self.condition.splits.all()]


def places_of(agreement: Agreement, today: date, *, years: int = 2) -> list[YearPlaces]:
    """Return the places of an agreement in effect, by condition, for the `years` academic years from this calendar year on."""
    conditions = conditions_in_force().filter(version__agreement=agreement)
    rows = list(conditions.select_related("sending", "receiving").prefetch_related("splits__unit"))
    claims: dict[tuple[int | None, str], list[Claim]] = {}
    for claim in PlaceClaim.objects.filter(condition__in=rows).exclude(state=ClaimState.RELEASED):
        claims.setdefault((claim.condition_id, claim.academic_year), []).append(Claim(claim.places, claim.unit_id))
    found = []
    for row in rows:
        first, last = parse_academic_year(row.first_year), parse_academic_year(row.last_year)
        for begins in range(max(today.year, first.first), min(today.year + years - 1, last.first) + 1):
            year = str(first.shifted(begins - first.first))
            made = tuple(claims.get((row.pk, year), ()))
            supply = supply_of(row)
            found.append(YearPlaces(row, year, supply, sum(claim.places for claim in made), left(supply, made)))
    return found
