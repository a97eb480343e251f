"""Move money within a grant, by a rule that is named; record when a project stands still."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from goliard.apps.funding.models import FundingCall
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.projects.choices import InterruptionKind
from goliard.apps.projects.models import BudgetTransfer, Project, ProjectClosure, ProjectInterruption
from goliard.apps.projects.queries.balances import balance_of, grant_of, moved_by
from goliard.apps.projects.services.reporting import CLOSED
from goliard.apps.rates.queries import table_of_call
from goliard.rules.access.actor import Actor
from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.table import Table
from goliard.rules.grants.transfers import (
    AMENDMENT,
    FREE,
    NO_RULE,
    Move,
    Room,
    TransferKind,
    kind_of_move,
    room_for_transfer,
    transfer_refusal,
)
from goliard.rules.values.money import Money
from goliard.rules.values.texts import Reason, Text

FREELY = Text(
    "vrij tussen landen van één regio, binnen het budget van die regio", "free between countries of one region, within its budget"
)
AMENDED = Text("wijziging van de subsidieovereenkomst", "amendment of the grant agreement")


@dataclass(frozen=True, slots=True)
class TransferWords:
    """From where to where, how much, and why; `agency_reference` where the agreement was amended."""

    from_category: str
    to_category: str
    amount_cents: int
    reason: str
    from_direction: str = ""
    to_direction: str = ""
    to_project: Project | None = None
    agency_reference: str = ""


@transaction.atomic
def move_budget(*, project: Project, words: TransferWords, actor: Actor, now: datetime) -> BudgetTransfer:
    """Move money from a heading of a project. Raises Refused with the rule that is in the way."""
    call = FundingCall.objects.select_for_update().select_related("action").get(pk=project.call_id)  # its limits hold for the whole grant
    target = words.to_project or project
    if ProjectClosure.objects.filter(project__in=[project, target]).exists():
        raise Refused([CLOSED])
    if not words.reason.strip():
        raise Refused([Reason("transfer-why", Text("Geef de reden.", "Give the reason."), field="reason")])
    rule, because, room = _by_rule(call, project, target, words)
    amount = Money(words.amount_cents)
    have = {each.category: each.available - (each.realised or 0) for each in balance_of(project).headings}
    available = Money(max(have.get(words.from_category, 0), 0))
    if refusal := transfer_refusal(_move(call, project, target, words), room, amount=amount, available=available):
        raise Refused([refusal])
    made = BudgetTransfer.objects.create(
        project=project, to_project=target, from_category=words.from_category, to_category=words.to_category,
        from_direction=words.from_direction, to_direction=words.to_direction, amount_cents=words.amount_cents, rule=rule,
        because_nl=because.nl, because_en=because.en, source="; ".join(room.sources) if room else "",
        is_verified=room is None or room.status.is_verified, agency_reference=words.agency_reference.strip(),
        reason=words.reason.strip(), made_at=now,
    )  # fmt: skip
    details = {"rule": rule, "from": words.from_category, "to": words.to_category, "to_project": target.key, "cents": words.amount_cents}
    record(actor=actor, verb="move-budget", subject=project, now=now, reason=made.reason, details=details)
    return made


@transaction.atomic
def interrupt_project(
    *, project: Project, kind: InterruptionKind, starts_on: date, ends_on: date | None, reason: str, agency_reference: str, actor: Actor,
    now: datetime,
) -> ProjectInterruption:  # fmt: skip
    """Record that a project stands still. Raises Refused without a reason, with an end before its start, or beside an open one."""
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    reasons = []
    if not reason.strip():
        reasons.append(Reason("interruption-why", Text("Geef de reden.", "Give the reason."), field="reason"))
    if ends_on is not None and ends_on < starts_on:
        text = Text("Het einde ligt voor het begin.", "The end lies before the start.")
        reasons.append(Reason("interruption-order", text, field="ends_on"))
    if locked.interruptions.filter(ends_on__isnull=True).exists():
        reasons.append(Reason("interruption-open", Text("Het project staat al stil.", "The project stands still already.")))
    if reasons:
        raise Refused(reasons)
    made = ProjectInterruption.objects.create(
        project=locked, kind=kind, starts_on=starts_on, ends_on=ends_on, reason=reason.strip(), agency_reference=agency_reference.strip()
    )
    record(actor=actor, verb="interrupt-project", subject=locked, now=now, reason=made.reason, details={"kind": made.kind})
    return made


@transaction.atomic
def resume_project(*, interruption: ProjectInterruption, ends_on: date, actor: Actor, now: datetime) -> ProjectInterruption:
    """Let the project go on from the day after `ends_on`. Raises Refused for one that ended, or an end before the start."""
    locked = ProjectInterruption.objects.select_for_update().select_related("project").get(pk=interruption.pk)
    if locked.ends_on is not None or ends_on < locked.starts_on:
        text = Text("Deze onderbreking is al voorbij, of het einde ligt voor het begin.", "It is over, or the end lies before the start.")
        raise Refused([Reason("interruption-over", text, field="ends_on")])
    locked.ends_on = ends_on
    locked.save(update_fields=["ends_on"])
    record(actor=actor, verb="resume-project", subject=locked.project, now=now, details={"ends_on": ends_on})
    return locked


def _move(call: FundingCall, project: Project, target: Project, words: TransferWords) -> Move:
    table = table_of_call(call.action.code, call.year)
    return Move(
        words.from_category, words.to_category, words.from_direction, words.to_direction, is_other_project=target.pk != project.pk,
        same_region=target.call_id == project.call_id and _region(table, project) == _region(table, target) != "",
    )  # fmt: skip


def _region(table: Table | None, project: Project) -> str:
    region = table.region_of(project.country.iso2) if table and project.country else None
    return region.name.en if region else ""


def _by_rule(call: FundingCall, project: Project, target: Project, words: TransferWords) -> tuple[str, Text, Room | None]:
    """Return the rule by which the money moves, in words, and the room that it leaves (None: no limit of its own)."""
    if words.agency_reference.strip():
        return AMENDMENT, AMENDED, None
    kind = kind_of_move(_move(call, project, target, words))
    table = table_of_call(call.action.code, call.year)
    if kind == FREE:
        return FREE, FREELY, None
    if table is None or not isinstance(kind, TransferKind):
        raise Refused([Reason("transfer-no-rule", NO_RULE)])
    whole, support = grant_of(project)
    try:
        room = room_for_transfer(kind, project=whole, organisational_support=support, moved=moved_by(project, kind.value), table=table)
    except MissingFigure as missing:
        text = Text(f"De tarieventabel mist het cijfer {missing}.", f"The rate table lacks the figure {missing}.")
        raise Refused([Reason("transfer-no-figure", text)]) from missing
    return kind.value, room.because, room
