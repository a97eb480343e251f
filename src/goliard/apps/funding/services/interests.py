"""Write, submit, withdraw and return expressions of interest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localtime

from goliard.apps.accounts.models import User
from goliard.apps.funding.choices import ApplicationState, InterestState, StepKind
from goliard.apps.funding.letters import RECEIPT, RETURNED
from goliard.apps.funding.models import (
    CoApplicant,
    ExpressionOfInterest,
    FundingCall,
    InterestAnswer,
    InterestPriority,
    InterestSubmission,
    MobilityFlow,
    ProjectApplication,
    StrategicGoal,
)
from goliard.apps.funding.queries.budgets import Budget, budget_of
from goliard.apps.funding.queries.interests import interest_facts, newest_submission
from goliard.apps.funding.queries.timeline import step_of
from goliard.apps.funding.queries.told import told_interest
from goliard.apps.institutions.models import Country, Organisation, OrganizationalUnit
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.apps.journal.hashing import canonical_json
from goliard.apps.journal.services import record
from goliard.apps.messaging.services.queue import queue_letter
from goliard.apps.rates.services import use_rate_table
from goliard.rules.access.actor import Actor
from goliard.rules.funding.deadlines import lateness
from goliard.rules.funding.interest import interest_faults
from goliard.rules.lifecycles.expression_of_interest import EXPRESSION_OF_INTEREST
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class InterestWords:
    """Everything that a writer may fill in. Answers by question, explanations by priority, both by primary key."""

    title: str = ""
    title_nl: str = ""
    country: Country | None = None
    partner_name: str = ""
    unit: OrganizationalUnit | None = None
    needs_analysis: str = ""
    agreed_with_partner: bool = False
    goals: tuple[StrategicGoal, ...] = ()
    answers: Mapping[int, str] = field(default_factory=dict)
    priorities: Mapping[int, str] = field(default_factory=dict)
    flows: tuple[Mapping[str, Any], ...] = ()
    co_applicants: tuple[str, ...] = ()


@transaction.atomic
def start_interest(*, call: FundingCall, owner: User, actor: Actor, now: datetime, is_illustrative: bool = False) -> ExpressionOfInterest:
    """Begin a draft for an open call. Raises Refused where the deadline has passed."""
    if late := lateness(step_of(call, StepKind.INTEREST), now):
        raise Refused([late])
    interest = ExpressionOfInterest.objects.create(call=call, owner=owner, saved_at=now, is_illustrative=is_illustrative)
    record(actor=actor, verb="start-interest", subject=interest, now=now)
    return interest


@transaction.atomic
def save_interest(*, interest: ExpressionOfInterest, words: InterestWords, seen: int, actor: Actor, now: datetime) -> ExpressionOfInterest:
    """Save a draft as it stands, complete or not; drafts are not journalled. `seen` is the revision that the writer began from.

    Raises ChangedMeanwhile where somebody saved in between, Refused for what is no draft any more.
    """
    locked = ExpressionOfInterest.objects.select_for_update().get(pk=interest.pk)
    if locked.state != InterestState.DRAFT:
        raise Refused([Reason("interest-no-draft", Text("Dit is geen concept meer.", "This is no draft any more."))])
    if locked.revision != seen:
        raise ChangedMeanwhile
    locked.title, locked.title_nl = words.title.strip(), words.title_nl.strip()
    locked.country, locked.unit = words.country, words.unit
    locked.partner_name = words.partner_name.strip()
    locked.partner = _known_partner(locked.partner_name, words.country)
    locked.needs_analysis, locked.agreed_with_partner = words.needs_analysis, words.agreed_with_partner
    locked.revision, locked.saved_at = seen + 1, now
    locked.full_clean()
    locked.save()
    locked.goals.set(words.goals)
    _replace_parts(locked, words)
    return ExpressionOfInterest.objects.get(pk=locked.pk)


@transaction.atomic
def submit_interest(*, interest: ExpressionOfInterest, actor: Actor, now: datetime) -> InterestSubmission:
    """Hand in; `now` is when the request arrived. A second time it returns the same receipt and writes nothing.

    Raises Refused when it is late, incomplete, or holds flows that the programme does not pay; TransitionRefused for other states.
    """
    locked = ExpressionOfInterest.objects.select_for_update().get(pk=interest.pk)
    given = newest_submission(locked)
    if locked.state == InterestState.SUBMITTED and given is not None:
        return given
    state = EXPRESSION_OF_INTEREST.next_state(state=locked.state, action="submit", actor=actor)
    late = lateness(step_of(locked.call, StepKind.INTEREST), now)
    reasons = [late] if late and given is None else []  # what the office gave back may come in again
    use_rate_table(action=locked.call.action.code, call_year=locked.call.year, actor=actor, now=now)
    budget = budget_of(locked)
    reasons += [*interest_faults(interest_facts(locked)), *budget.refused]
    if reasons:
        raise Refused(reasons)
    submission = _keep_submission(locked, budget, given.number + 1 if given else 1, now)
    locked.state = state
    locked.save(update_fields=["state"])
    details = {"number": submission.number, "hash": submission.content_hash, "asked_cents": submission.asked_cents}
    record(actor=actor, verb="submit-interest", subject=locked, now=now, details=details)
    _send_receipt(locked, submission, now)
    return submission


@transaction.atomic
def withdraw_interest(*, interest: ExpressionOfInterest, reason: str, actor: Actor, now: datetime) -> ExpressionOfInterest:
    """Withdraw; what was handed in stays on record.

    Raises Refused once an application that rests on it is final, TransitionRefused where it no longer can.
    """
    application = ProjectApplication.objects.select_for_update().filter(call_id=interest.call_id).first()
    if interest.state == InterestState.SELECTED and application is not None and application.state != ApplicationState.DRAFT:
        text = Text("De aanvraag rust op dit voorstel: vraag het bureau.", "The application rests on this proposal: ask the office.")
        raise Refused([Reason("withdraw-application", text)])
    return _move(interest, "withdraw", reason, actor, now)


@transaction.atomic
def return_interest(*, interest: ExpressionOfInterest, reason: str, actor: Actor, now: datetime) -> ExpressionOfInterest:
    """Give a submitted interest back to be completed, with a letter that says why. Raises Refused without a reason, TransitionRefused."""
    if not reason.strip():
        raise Refused(
            [Reason("return-why", Text("Geef de reden van het teruggeven.", "Give the reason for returning it."), field="reason")]
        )
    moved = _move(interest, "return", reason.strip(), actor, now)
    values = {
        "name": moved.owner.display_name,
        "title": moved.title,
        "call": moved.call.title(moved.owner.language),
        "reason": reason.strip(),
    }
    queue_letter(
        letter=RETURNED.key, address=moved.owner.email, language=moved.owner.language, values=values, about=moved, now=now,
        once=str(moved.revision),
    )  # fmt: skip
    return moved


def _move(interest: ExpressionOfInterest, action: str, reason: str, actor: Actor, now: datetime) -> ExpressionOfInterest:
    locked = ExpressionOfInterest.objects.select_for_update().get(pk=interest.pk)
    locked.state = EXPRESSION_OF_INTEREST.next_state(state=locked.state, action=action, actor=actor)
    locked.save(update_fields=["state"])
    record(actor=actor, verb=f"{action}-interest", subject=locked, now=now, reason=reason)
    return locked


def _known_partner(name: str, country: Country | None) -> Organisation | None:
    if not name or country is None:
        return None
    rows = Organisation.objects.filter(country=country, is_home=False)
    return next((row for row in rows if name.casefold() in {row.name_en.casefold(), row.name_nl.casefold(), row.key}), None)


def _replace_parts(interest: ExpressionOfInterest, words: InterestWords) -> None:
    """Parts of a draft have no history: they are written anew."""
    for parts in (interest.answers, interest.priorities, interest.flows, interest.co_applicants):
        parts.all().delete()
    InterestAnswer.objects.bulk_create(
        InterestAnswer(interest=interest, question_id=pk, text=text) for pk, text in words.answers.items() if text.strip()
    )
    InterestPriority.objects.bulk_create(
        InterestPriority(interest=interest, priority_id=pk, how=how) for pk, how in words.priorities.items() if how.strip()
    )
    MobilityFlow.objects.bulk_create(
        MobilityFlow(interest=interest, position=position, **flow) for position, flow in enumerate(words.flows, 1)
    )
    emails = tuple(dict.fromkeys(email.strip().lower() for email in words.co_applicants if email.strip()))
    accounts = {user.email: user for user in User.objects.filter(email__in=emails)}
    CoApplicant.objects.bulk_create(CoApplicant(interest=interest, email=email, user=accounts.get(email)) for email in emails)


def _keep_submission(interest: ExpressionOfInterest, budget: Budget, number: int, now: datetime) -> InterestSubmission:
    content = canonical_json({**told_interest(interest), "budget": budget.document, "number": number, "received_at": now})
    return InterestSubmission.objects.create(
        interest=interest, number=number, received_at=now, content=content,
        content_hash=hashlib.sha256(content.encode()).hexdigest(), asked_cents=budget.cents, mobilities=budget.mobilities,
    )  # fmt: skip


def _send_receipt(interest: ExpressionOfInterest, submission: InterestSubmission, now: datetime) -> None:
    owner = interest.owner
    values = {
        "name": owner.display_name, "title": interest.title, "call": interest.call.title(owner.language),
        "received": f"{localtime(now):%Y-%m-%d %H:%M %Z}", "hash": submission.content_hash,
    }  # fmt: skip
    for address in (owner.email, *interest.co_applicants.values_list("email", flat=True)):
        queue_letter(
            letter=RECEIPT.key, address=address, language=owner.language, values=values, about=interest, now=now,
            once=str(submission.number),
        )  # fmt: skip
