"""Whether calls may exist: the rules of their action."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from goliard.apps.funding.models import FundingCall
from goliard.apps.transfer.checks.finding import Finding
from goliard.rules.funding.eligibility import Track, call_refusals
from goliard.rules.values.texts import Text


def check_calls(touched: dict[str, set[int]]) -> Iterable[Finding]:
    """A call lies in the years of its action and programme, and keeps to the rules of its track."""
    calls = FundingCall.objects.filter(pk__in=touched["calls"]) | FundingCall.objects.filter(action__in=touched["actions"])
    for call in calls.select_related("action__programme"):
        action, programme = call.action, call.action.programme
        for reason in call_refusals(track=cast("Track", action.track), year=call.year):
            yield Finding("calls", call.pk, "year", reason.because, call.key)
        first = max(action.first_call_year or 0, programme.first_year)
        if call.year < first or (programme.last_year and call.year > programme.last_year):
            because = Text(
                f"{action.code} van {programme.title_nl} heeft geen call in {call.year}.",
                f"{action.code} of {programme.title_en} has no call in {call.year}.",
            )
            yield Finding("calls", call.pk, "year", because, call.key)
