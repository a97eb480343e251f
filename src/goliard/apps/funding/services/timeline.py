"""Open a step of a call again; begin a call with the questions of the house and the steps of the year before."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.funding.models import CallQuestion, CallStep, FundingCall, StepReopening
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.funding.eligibility import add_months
from goliard.rules.funding.question_texts import QUESTIONS
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def reopen_step(*, step: CallStep, until: datetime, reason: str, actor: Actor, now: datetime) -> StepReopening:
    """Open a step for everybody until a moment that lies ahead. Raises Refused without a reason, or for a moment that has passed."""
    if not reason.strip():
        raise Refused([Reason("reopen-why", Text("Geef de reden van het heropenen.", "Give the reason for reopening."), field="reason")])
    if until <= now or until <= step.moment:
        ahead = Text("Kies een moment na nu en na de oorspronkelijke termijn.", "Choose a moment after now and after the first deadline.")
        raise Refused([Reason("reopen-when", ahead, field="until")])
    made = StepReopening.objects.create(step=step, until=until, reason=reason.strip(), made_at=now)
    record(actor=actor, verb="reopen-step", subject=step.call, now=now, reason=made.reason, details={"step": step.kind, "until": until})
    return made


@transaction.atomic
def prepare_call(*, call: FundingCall, actor: Actor, now: datetime) -> FundingCall:
    """Give a call what it lacks: the questions of the house, and the steps of the same action's last call, so many years later."""
    locked = FundingCall.objects.select_for_update().get(pk=call.pk)
    if not locked.questions.exists():
        CallQuestion.objects.bulk_create(
            CallQuestion(
                call=locked, stage=each.stage, position=each.position, text_nl=each.text.nl, text_en=each.text.en,
                criteria_nl=each.criteria.nl, criteria_en=each.criteria.en, longest=each.longest, most_points=each.most_points,
            )
            for each in QUESTIONS
        )  # fmt: skip
    earlier = FundingCall.objects.filter(action=locked.action, year__lt=locked.year, steps__isnull=False).order_by("-year").first()
    if earlier is not None and not locked.steps.exists():
        months = 12 * (locked.year - earlier.year)
        CallStep.objects.bulk_create(
            CallStep(call=locked, kind=step.kind, due_on=add_months(step.due_on, months), due_at=step.due_at, zone=step.zone)
            for step in earlier.steps.all()
        )
    record(actor=actor, verb="prepare-call", subject=locked, now=now)
    return locked
