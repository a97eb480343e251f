"""Who was recognised as having fewer opportunities. Lists of people; never shown, only counted with."""

from __future__ import annotations

from datetime import date

from goliard.apps.applications.choices import Assessment
from goliard.apps.applications.models import OpportunityDeclaration, SpecialDataReader
from goliard.apps.institutions.models.dated import holding


def recognised_in(round_pk: int) -> frozenset[int]:
    """Return the numbers of the applications of a round whose declaration was recognised: for scores and reserves, not for screens."""
    rows = OpportunityDeclaration.objects.filter(application__round_id=round_pk, assessment=Assessment.RECOGNISED)
    return frozenset(rows.values_list("application_id", flat=True))


def open_declarations(round_pk: int) -> int:
    """Return how many declarations of a round nobody has assessed."""
    return OpportunityDeclaration.objects.filter(application__round_id=round_pk, assessment=Assessment.OPEN).count()


def readers_on(day: date) -> list[SpecialDataReader]:
    """Return who may read declarations on a day."""
    return list(SpecialDataReader.objects.filter(holding(day)).select_related("user"))
