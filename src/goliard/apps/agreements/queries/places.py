"""What conditions give and what is claimed of them."""

from __future__ import annotations

from goliard.apps.agreements.choices import ClaimState
from goliard.apps.agreements.models import CooperationCondition, PlaceClaim
from goliard.rules.agreements.places import Claim, Supply


def supply_of(condition: CooperationCondition) -> Supply:
    """Return what a condition gives in each of its years."""
    return Supply(condition.mobilities_per_year, {split.unit_id: split.places for split in condition.splits.all()})


def claims_on(condition: CooperationCondition, academic_year: str) -> tuple[Claim, ...]:
    """Return the live claims on a condition in a year."""
    live = PlaceClaim.objects.filter(condition=condition, academic_year=academic_year).exclude(state=ClaimState.RELEASED)
    return tuple(Claim(places, unit) for places, unit in live.values_list("places", "unit_id"))
