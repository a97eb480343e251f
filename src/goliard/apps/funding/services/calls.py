"""Keep a call: its year, its funder and its published figures obey the rules of its action."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from django.db import models, transaction

from goliard.apps.funding.models import FundingCall
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep
from goliard.rules.access.actor import Actor
from goliard.rules.funding.calls import CallFacts, call_faults
from goliard.rules.funding.eligibility import Track


@transaction.atomic
def keep_call(
    *,
    row: FundingCall,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> FundingCall:
    """Save the call with its changed figures. Without a longest period of its own it takes that of the action.

    Raises Refused where the rules refuse the year or the funder; ValidationError and ChangedMeanwhile as `keep`.
    """
    if reasons := call_faults(call_facts(row=row)):
        raise Refused(reasons)
    if row.project_months is None:
        row.project_months = row.action.project_months
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


def call_facts(*, row: FundingCall) -> CallFacts:
    """Gather what the rules need to know of a call."""
    action, programme, funder = row.action, row.action.programme, row.funder
    return CallFacts(
        track=cast("Track", action.track),
        action_kind=action.kind,
        year=row.year,
        first_call_year=action.first_call_year,
        programme_first=programme.first_year,
        programme_last=programme.last_year,
        funder_kind=funder.kind if funder else "",
        funder_role=row.funder_role,
    )
