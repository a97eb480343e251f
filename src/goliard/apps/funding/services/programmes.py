"""Keep programmes and actions: years in order, no predecessor that comes back to itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from goliard.apps.funding.models import Action, Programme
from goliard.apps.institutions.ancestry import leads_back
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def keep_programme(
    *,
    row: Programme,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Programme:
    """Save the programme. Raises Refused for years in the wrong order or a circle of predecessors; else as `keep`."""
    reasons = _circle(row)
    if row.last_year is not None and row.last_year < row.first_year:
        text = Text("Het laatste jaar ligt voor het eerste.", "The last year lies before the first.")
        reasons.append(Reason("years-order", text, field="last_year"))
    if reasons:
        raise Refused(reasons)
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


@transaction.atomic
def keep_action(
    *,
    row: Action,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Action:
    """Save the action. Raises Refused for a circle of predecessors; else as `keep`."""
    if reasons := _circle(row):
        raise Refused(reasons)
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


def _circle(row: Programme | Action) -> list[Reason]:
    if not leads_back(row, "predecessor"):
        return []
    text = Text("Een voorganger kan niet op zijn opvolger volgen.", "A predecessor cannot come after its successor.")
    return [Reason("predecessor-circle", text, field="predecessor")]
