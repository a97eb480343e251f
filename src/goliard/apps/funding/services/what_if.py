"""Copy the plan of an application, change the copy, drop it. The application itself never changes here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goliard.apps.funding.choices import FlowStage
from goliard.apps.funding.models import MobilityFlow, PlanCopy, PlanCopyFlow, ProjectApplication
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text

MOST_COPIES = 4


@dataclass(frozen=True, slots=True)
class CopiedNumbers:
    """The numbers of a flow in a copy; a count of 0 leaves it out."""

    count: int
    days: int
    travel_days: int


@transaction.atomic
def copy_plan(*, application: ProjectApplication, name: str, actor: Actor, now: datetime) -> PlanCopy:
    """Copy the flows as they stand under a name. Raises Refused without a name, for one that is there, or past four copies."""
    locked = ProjectApplication.objects.select_for_update().get(pk=application.pk)
    name = name.strip()[:80]
    if not name or locked.copies.filter(name=name).exists():
        raise Refused([Reason("copy-name", Text("Kies een nieuwe naam.", "Choose a new name."), field="name")])
    if locked.copies.count() >= MOST_COPIES:
        text = Text(f"Meer dan {MOST_COPIES} kopieën passen niet naast elkaar.", f"More than {MOST_COPIES} copies do not fit side by side.")
        raise Refused([Reason("copy-most", text)])
    made = PlanCopy.objects.create(application=locked, name=name, made_at=now)
    flows = MobilityFlow.objects.filter(interest__call=locked.call_id, interest__state="selected", stage=FlowStage.APPLICATION)
    names = ("interest_id", "position", "direction", "kind", "count", "days", "travel_days", "green", "fewer_opportunities",
             "teaching_hours", "travel_costs_cents")  # fmt: skip
    PlanCopyFlow.objects.bulk_create(PlanCopyFlow(copy=made, **{each: getattr(flow, each) for each in names}) for flow in flows)
    record(actor=actor, verb="copy-plan", subject=locked, now=now, details={"name": name})
    return made


@transaction.atomic
def change_copy(*, copy: PlanCopy, numbers: Mapping[int, CopiedNumbers], actor: Actor, now: datetime) -> PlanCopy:
    """Replace the numbers of a copy's flows, by primary key; what is not named stays. Raises Refused for a stay without days."""
    locked = PlanCopy.objects.select_for_update().select_related("application").get(pk=copy.pk)
    rows = {flow.pk: flow for flow in locked.flows.all() if flow.pk in numbers}
    for pk, flow in rows.items():
        told = numbers[pk]
        if told.count and not told.days:
            raise Refused([Reason("copy-days", Text("Een verblijf heeft dagen.", "A stay has days."), field="days")])
        flow.count, flow.days, flow.travel_days = told.count, told.days, told.travel_days
        flow.fewer_opportunities = min(flow.fewer_opportunities, told.count)
    PlanCopyFlow.objects.bulk_update(rows.values(), ["count", "days", "travel_days", "fewer_opportunities"])
    record(actor=actor, verb="change-copy", subject=locked.application, now=now, details={"name": locked.name})
    return locked


@transaction.atomic
def drop_copy(*, copy: PlanCopy, actor: Actor, now: datetime) -> None:
    """Throw a copy away."""
    record(actor=actor, verb="drop-copy", subject=copy.application, now=now, details={"name": copy.name})
    copy.delete()
