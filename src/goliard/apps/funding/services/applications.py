"""Open, fill, finalise and submit the application of a call; what was submitted is kept in three forms."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.services import store_file
from goliard.apps.funding.choices import ApplicationState, ExportKind, FileLanguage, FlowStage, QuestionStage, StepKind
from goliard.apps.funding.exports import RENDER
from goliard.apps.funding.models import (
    ApplicationFile,
    ExpressionOfInterest,
    FundingCall,
    InterestAnswer,
    MobilityFlow,
    ProjectApplication,
)
from goliard.apps.funding.queries.applications import findings, partnerships_of, told_application, whole_of
from goliard.apps.funding.queries.timeline import step_of
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.apps.journal.services import record
from goliard.apps.rates.services import use_rate_table
from goliard.rules.access.actor import Actor
from goliard.rules.funding.deadlines import lateness
from goliard.rules.lifecycles.application import APPLICATION
from goliard.rules.values.retention import RetentionClass
from goliard.rules.values.texts import Reason, Text

SHUT = Reason("application-shut", Text("De aanvraag is niet meer te bewerken.", "The application can no longer be edited."))


@transaction.atomic
def open_application(*, call: FundingCall, actor: Actor, now: datetime) -> ProjectApplication:
    """Begin the application, or take over interests that were selected since; their flows are copied once, to be changed there."""
    FundingCall.objects.select_for_update().get(pk=call.pk)
    application, made = ProjectApplication.objects.get_or_create(call=call)
    if application.state != ApplicationState.DRAFT:
        raise Refused([SHUT])
    taken = [each for each in partnerships_of(call) if not any(flow.stage == FlowStage.APPLICATION for flow in each.flows.all())]
    copies = [copied(flow, FlowStage.APPLICATION) for each in taken for flow in each.flows.all() if flow.stage == FlowStage.INTEREST]
    MobilityFlow.objects.bulk_create(copies)
    if made or taken:
        record(actor=actor, verb="open-application", subject=application, now=now, details={"taken_over": [each.pk for each in taken]})
    return application


@transaction.atomic
def plan_period(
    *, application: ProjectApplication, starts_on: date | None, ends_on: date | None, actor: Actor, now: datetime
) -> ProjectApplication:
    """Set the period of the project. Raises Refused after the draft."""
    locked = ProjectApplication.objects.select_for_update().get(pk=application.pk)
    if locked.state != ApplicationState.DRAFT:
        raise Refused([SHUT])
    details = {"starts_on": {"before": locked.starts_on, "after": starts_on}, "ends_on": {"before": locked.ends_on, "after": ends_on}}
    locked.starts_on, locked.ends_on = starts_on, ends_on
    locked.save(update_fields=["starts_on", "ends_on"])
    record(actor=actor, verb="plan-period", subject=locked, now=now, details=details)
    return locked


@transaction.atomic
def save_partnership(
    *, interest: ExpressionOfInterest, answers: Mapping[int, str], flows: Sequence[Mapping[str, Any]], seen: int, actor: Actor,
    now: datetime, titles: tuple[str, str] | None = None,
) -> ExpressionOfInterest:  # fmt: skip
    """Save quality answers (by question), flows and, where given, the titles (English, Dutch) of a partnership; not journalled.

    Raises Refused once the application is final, and for staff after the deadline of the final version; ChangedMeanwhile.
    """
    application = ProjectApplication.objects.select_for_update().get(call_id=interest.call_id)  # first: it may be made final now
    locked = ExpressionOfInterest.objects.select_for_update().get(pk=interest.pk)
    if application.state != ApplicationState.DRAFT:
        raise Refused([SHUT])
    late = None if actor.is_office else lateness(step_of(locked.call, StepKind.FINAL), now)
    if late:
        raise Refused([late])
    if locked.revision != seen:
        raise ChangedMeanwhile
    locked.revision, locked.saved_at = seen + 1, now
    if titles is not None:
        locked.title, locked.title_nl = (title.strip() for title in titles)
    locked.save(update_fields=["revision", "saved_at", "title", "title_nl"])
    locked.answers.filter(question__stage=QuestionStage.APPLICATION).delete()
    locked.flows.filter(stage=FlowStage.APPLICATION).delete()
    InterestAnswer.objects.bulk_create(InterestAnswer(interest=locked, question_id=pk, text=text) for pk, text in answers.items() if text)
    MobilityFlow.objects.bulk_create(
        MobilityFlow(interest=locked, stage=FlowStage.APPLICATION, position=position, **flow) for position, flow in enumerate(flows, 1)
    )
    return ExpressionOfInterest.objects.get(pk=locked.pk)


@transaction.atomic
def move_application(
    *, application: ProjectApplication, action: str, actor: Actor, now: datetime, language: str = ""
) -> ProjectApplication:
    """Make final, open again, or record as submitted.

    `finalise` and `submit` refuse with every fault of the check; `submit` also when late, and keeps JSON, XLSX and PDF of exactly what was
    submitted, the latter two in `language` (nl or en), the choice of the National Agency. Raises Refused, TransitionRefused.
    """
    locked = ProjectApplication.objects.select_for_update().select_related("call__action").get(pk=application.pk)
    locked.state = APPLICATION.next_state(state=locked.state, action=action, actor=actor)
    details: dict[str, Any] = {}
    if action in {"finalise", "submit"}:
        use_rate_table(action=locked.call.action.code, call_year=locked.call.year, actor=actor, now=now)
        whole = whole_of(locked)
        late = lateness(step_of(locked.call, StepKind.SUBMISSION), now) if action == "submit" else None
        faults = [_in_partnership(each.name, each.reason) for each in findings(whole) if each.is_fault]
        if late or faults:
            raise Refused([*([late] if late else []), *faults])
        locked.asked_cents, locked.mobilities = whole.budget.cents, whole.budget.mobilities
        if action == "submit":
            locked.submitted_at, locked.language = now, FileLanguage(language or locked.language)
            whole.application.language = locked.language
            details = _keep_files(locked, told_application(whole), actor, now)
    locked.save()
    record(actor=actor, verb=f"{action}-application", subject=locked, now=now, details=details)
    return locked


def copied(flow: MobilityFlow, stage: FlowStage) -> MobilityFlow:
    """Return an unsaved copy of a flow at another stage."""
    names = ("interest_id", "position", "direction", "kind", "count", "days", "travel_days", "green", "fewer_opportunities",
             "teaching_hours", "travel_costs_cents")  # fmt: skip
    return MobilityFlow(stage=stage, **{name: getattr(flow, name) for name in names})


def _keep_files(application: ProjectApplication, told: dict[str, Any], actor: Actor, now: datetime) -> dict[str, Any]:
    hashes = {}
    for kind in ExportKind:
        name = f"{application.call.key}-application-{application.language}.{kind.value}"
        stored = store_file(
            stream=io.BytesIO(RENDER[kind]({**told, "submitted_at": now}, application.language)), name=name, purpose=Purpose.EXPORT,
            retention=RetentionClass.FINANCE, actor=actor, now=now,
        )  # fmt: skip
        ApplicationFile.objects.create(application=application, kind=kind, stored=stored)
        hashes[kind.value] = stored.sha256
    return {"language": application.language, **hashes}


def _in_partnership(name: str, reason: Reason) -> Reason:
    if not name:
        return reason
    return Reason(reason.rule, Text(f"{name}: {reason.because.nl}", f"{name}: {reason.because.en}"), reason.source, reason.field)
