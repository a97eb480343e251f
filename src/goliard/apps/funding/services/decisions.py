"""Record what the National Agency decided, partnership by partnership; the award closes the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from goliard.apps.funding.choices import ApplicationState, CallState, FlowStage, Outcome
from goliard.apps.funding.models import Award, ExpressionOfInterest, MobilityFlow, PartnershipDecision, ProjectApplication
from goliard.apps.funding.queries.applications import partnerships_of
from goliard.apps.funding.services.applications import copied
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.funding.award_criteria import award_criteria
from goliard.rules.funding.decision import DecisionFacts, decision_faults
from goliard.rules.lifecycles.application import APPLICATION
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class DecisionWords:
    """What the letter of the National Agency says; `awarded` numbers by the primary key of the flow that was applied for."""

    outcome: Outcome
    score: int | None
    amount_cents: int
    awarded: Mapping[int, int]
    note: str
    decided_on: date


@transaction.atomic
def record_decision(*, interest: ExpressionOfInterest, words: DecisionWords, actor: Actor, now: datetime) -> PartnershipDecision:
    """Record, or correct until the award, the decision on one partnership. Raises Refused."""
    application = ProjectApplication.objects.select_for_update().select_related("call__action").get(call_id=interest.call_id)
    if application.state != ApplicationState.SUBMITTED:
        shut = Text("Er is nu niets te besluiten: de aanvraag is niet ingediend of al besloten.", "Nothing can be decided now.")
        raise Refused([Reason("decision-shut", shut)])
    asked = [flow for flow in interest.flows.all() if flow.stage == FlowStage.APPLICATION]
    criteria = award_criteria(application.call.action.code, application.call.year)
    facts = DecisionFacts(
        outcome=words.outcome, asked_cents=application.asked_cents or 0, awarded_cents=words.amount_cents,
        flows=tuple((flow.count, words.awarded.get(flow.pk, 0)) for flow in asked), score=words.score,
        threshold=criteria.threshold if criteria and criteria.threshold_status.is_verified else None,
    )  # fmt: skip
    if reasons := decision_faults(facts):
        raise Refused(reasons)
    decision, _made = PartnershipDecision.objects.update_or_create(
        interest=interest,
        defaults={"outcome": words.outcome, "score": words.score, "amount_cents": words.amount_cents, "note": words.note.strip(),
                  "decided_on": words.decided_on},
    )  # fmt: skip
    interest.flows.filter(stage=FlowStage.AWARDED).delete()
    MobilityFlow.objects.bulk_create(_granted(flow, words.awarded[flow.pk]) for flow in asked if words.awarded.get(flow.pk))
    details = {"outcome": words.outcome.value, "score": words.score, "amount_cents": words.amount_cents}
    record(actor=actor, verb="record-decision", subject=interest, now=now, details=details)
    return decision


@transaction.atomic
def record_award(*, application: ProjectApplication, number: str, awarded_on: date, actor: Actor, now: datetime) -> Award:
    """Close the application with the award. Raises Refused while a partnership has no decision, TransitionRefused in other states."""
    locked = ProjectApplication.objects.select_for_update().select_related("call").get(pk=application.pk)
    state = APPLICATION.next_state(state=locked.state, action="decide", actor=actor)
    rows = partnerships_of(locked.call)
    decisions = {each.interest_id: each for each in PartnershipDecision.objects.filter(interest__in=rows)}
    reasons = [
        Reason("award-undecided", Text(f"{row}: nog geen besluit vastgelegd.", f"{row}: no decision is recorded yet."))
        for row in rows
        if row.pk not in decisions
    ]
    if not number.strip():
        reasons.append(Reason("award-number", Text("Vul het projectnummer in.", "Fill in the project number."), field="number"))
    if reasons:
        raise Refused(reasons)
    locked.state = state
    locked.save(update_fields=["state"])
    locked.call.state = CallState.DECIDED
    locked.call.save(update_fields=["state"])
    granted = MobilityFlow.objects.filter(interest__in=rows, stage=FlowStage.AWARDED)
    award = Award.objects.create(
        application=locked, number=number.strip(), awarded_on=awarded_on, mobilities=sum(flow.count for flow in granted),
        amount_cents=sum(each.amount_cents for each in decisions.values()),
    )  # fmt: skip
    details = {"number": award.number, "amount_cents": award.amount_cents, "mobilities": award.mobilities}
    record(actor=actor, verb="decide-application", subject=locked, now=now, details=details)
    return award


def _granted(flow: MobilityFlow, count: int) -> MobilityFlow:
    row = copied(flow, FlowStage.AWARDED)
    row.count, row.fewer_opportunities = count, min(count, flow.fewer_opportunities)
    return row
