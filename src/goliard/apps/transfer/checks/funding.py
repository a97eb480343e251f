"""Whether calls may exist: the rules of their action, and who stands behind them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goliard.apps.funding.models import FundingCall
from goliard.apps.funding.services.calls import call_facts
from goliard.apps.transfer.checks.finding import Finding
from goliard.rules.funding.calls import call_faults

_COLUMNS = {"call": "year"}  # what a rule calls a part -> the column of calls.csv


def check_calls(touched: dict[str, set[int]], _: date) -> Iterable[Finding]:
    """A call lies in the years of its action and programme, keeps to the rules of its track and names the funder that it must."""
    calls = FundingCall.objects.filter(pk__in=touched["calls"]) | FundingCall.objects.filter(action__in=touched["actions"])
    for call in calls.select_related("action__programme", "funder"):
        for reason in call_faults(call_facts(row=call)):
            yield Finding("calls", call.pk, _COLUMNS.get(reason.field, reason.field), reason.because, call.key)
