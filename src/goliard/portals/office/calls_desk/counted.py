"""What the expressions of interest of a call add up to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goliard.apps.funding.choices import InterestState
from goliard.apps.funding.models import ExpressionOfInterest, FundingCall, InterestSubmission


@dataclass(frozen=True, slots=True)
class CountedInterests:
    """The number in each state (code, words, number), and what the submitted ones ask."""

    states: tuple[tuple[str, Any, int], ...]
    asked_cents: int
    mobilities: int
    contested: tuple[tuple[Any, int], ...]
    is_illustrative: bool


def counted_interests(call: FundingCall) -> CountedInterests:
    """Count in two queries; withdrawn and refused ones ask nothing."""
    rows = list(ExpressionOfInterest.objects.filter(call=call).select_related("country"))
    alive = {row.pk for row in rows if row.state in {InterestState.SUBMITTED, InterestState.SELECTED}}
    newest: dict[int, InterestSubmission] = {}
    for submission in InterestSubmission.objects.filter(interest__in=alive).order_by("number"):
        newest[submission.interest_id] = submission
    countries: dict[Any, int] = {}
    for row in rows:
        if row.pk in alive and row.country:
            countries[row.country] = countries.get(row.country, 0) + 1
    return CountedInterests(
        tuple((state.value, state.label, sum(row.state == state for row in rows)) for state in InterestState),
        sum(each.asked_cents or 0 for each in newest.values()),
        sum(each.mobilities for each in newest.values()),
        tuple((country, number) for country, number in countries.items() if number > 1),
        any(row.is_illustrative for row in rows),
    )
