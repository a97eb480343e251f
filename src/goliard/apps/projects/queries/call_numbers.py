"""What the projects of calls add up to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from goliard.apps.funding.models import FundingCall
from goliard.apps.projects.queries.visible import visible_projects


@dataclass(frozen=True, slots=True)
class CallNumbers:
    """Distinct projects, partner organisations, and the countries and continents in which those partners are."""

    projects: int = 0
    partners: int = 0
    countries: int = 0
    continents: int = 0


def numbers_of_calls(calls: Iterable[FundingCall]) -> dict[int, CallNumbers]:
    """Return the numbers by the calls' primary keys, in one query; a call without visible projects has zeros."""
    asked = [call.pk for call in calls]
    public = Q(partners__organisation__is_public=True)
    rows = (
        visible_projects()
        .filter(call_id__in=asked)
        .order_by()
        .values("call_id")
        .annotate(
            projects=Count("pk", distinct=True),
            partners_=Count("partners__organisation", filter=public, distinct=True),
            countries=Count("partners__organisation__country", filter=public, distinct=True),
            continents=Count("partners__organisation__country__continent", filter=public, distinct=True),
        )
    )
    found = {row["call_id"]: CallNumbers(row["projects"], row["partners_"], row["countries"], row["continents"]) for row in rows}
    return {key: found.get(key, CallNumbers()) for key in asked}


def numbers_of_call(call: FundingCall) -> CallNumbers:
    """Return the numbers of one call."""
    return numbers_of_calls([call])[call.pk]
