"""The timeline of a call as the rules read it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goliard.apps.funding.choices import StepKind
from goliard.apps.funding.models import CallStep, FundingCall
from goliard.rules.funding.deadlines import Step, next_step


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """A step with where it stands: `past`, `next` or `ahead`."""

    row: CallStep
    step: Step
    place: str


def rule_step(row: CallStep) -> Step:
    """Return a step as the rules read it, with its reopenings."""
    return Step(row.kind, row.due_on, row.due_at, row.zone, tuple(each.until for each in row.reopenings.all()))


def steps_of(call: FundingCall) -> list[CallStep]:
    """Return the steps of a call in the order of time, with their reopenings, in two queries."""
    return sorted(call.steps.prefetch_related("reopenings"), key=lambda row: row.moment)


def step_of(call: FundingCall, kind: StepKind) -> Step | None:
    """Return one step, or None where the call names none."""
    row = call.steps.filter(kind=kind).prefetch_related("reopenings").first()
    return rule_step(row) if row else None


def timeline(call: FundingCall, now: datetime) -> list[TimelineLine]:
    """Return every step of the call with where it stands now."""
    rows = steps_of(call)
    steps = [rule_step(row) for row in rows]
    coming = next_step(steps, now)
    return [
        TimelineLine(row, step, "next" if step is coming else "past" if step.moment < now else "ahead")
        for row, step in zip(rows, steps, strict=True)
    ]
