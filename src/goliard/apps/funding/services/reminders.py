"""Reminders before the steps of a call: shown as they will leave, then queued, each once for the same moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import translation

from goliard.apps.accounts.models import User
from goliard.apps.accounts.queries import find_accounts
from goliard.apps.funding.choices import ApplicationState, InterestState, StepKind, VersionStage
from goliard.apps.funding.letters import REMINDER
from goliard.apps.funding.models import ExpressionOfInterest, FundingCall, ProjectApplication, ScoringSheet
from goliard.apps.funding.queries.timeline import rule_step, steps_of
from goliard.apps.journal.services import record
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.services.queue import queue_letter, texts
from goliard.rules.access.actor import Actor, Role
from goliard.rules.funding.deadlines import Step
from goliard.rules.values.texts import Text

TODO = {
    StepKind.INTEREST: Text("Uw voorstel is nog een concept: dien het in.", "Your proposal is still a draft: submit it."),
    StepKind.PRE_SELECTION: Text("Uw beoordelingsformulier is nog open: lever het in.", "Your scoring sheet is still open: hand it in."),
    StepKind.DRAFT: Text("Lever het eerste concept van uw partnerschap in.", "Hand in the first draft of your partnership."),
    StepKind.FINAL: Text("Lever de definitieve versie van uw partnerschap in.", "Hand in the final version of your partnership."),
    StepKind.SUBMISSION: Text("De aanvraag is nog niet ingediend.", "The application is not submitted yet."),
}
VERSIONS = {StepKind.DRAFT: VersionStage.DRAFT, StepKind.FINAL: VersionStage.FINAL}


@dataclass(frozen=True, slots=True)
class CallReminder:
    """One letter as it would leave. `about` is the proposal, or the call as a whole."""

    step: Step
    kind: StepKind
    user: User
    about: ExpressionOfInterest | FundingCall
    subject: str
    body: str
    was_queued: bool

    @property
    def once(self) -> str:
        """What makes it another letter: another moment."""
        return f"{self.kind}/{self.step.last_moment:%Y-%m-%dT%H:%M}"


def reminders_of(call: FundingCall, *, now: datetime, within: timedelta | None = None) -> list[CallReminder]:
    """Return the letters to everybody who has to act before a step that lies ahead (at most `within` from now); nothing is written."""
    queued = set(Delivery.objects.filter(letter=REMINDER.key).values_list("dedupe", flat=True))
    found = []
    for row in steps_of(call):
        step, kind = rule_step(row), StepKind(row.kind)
        if now < step.last_moment and (within is None or step.last_moment - now <= within):
            found += [_reminder(call, step, kind, who, queued) for who in _who(call, kind, now)]
    return found


@transaction.atomic
def send_call_reminders(*, call: FundingCall, reminders: Iterable[CallReminder], actor: Actor, now: datetime) -> int:
    """Queue those that were not queued for this moment before, and return how many; one journal entry tells of all."""
    new = [each for each in reminders if not each.was_queued]
    for each in new:
        values = _values(call, each.step, each.kind, each.user, each.about)
        queue_letter(
            letter=REMINDER.key, address=each.user.email, language=each.user.language, values=values, about=each.about, now=now,
            once=each.once,
        )  # fmt: skip
    if new:
        details = {"letters": len(new), "steps": sorted({each.kind.value for each in new})}
        record(actor=actor, verb="remind-call", subject=call, now=now, details=details)
    return len(new)


def _who(call: FundingCall, kind: StepKind, now: datetime) -> Iterator[tuple[User, ExpressionOfInterest | FundingCall]]:
    interests = ExpressionOfInterest.objects.filter(call=call).select_related("owner").prefetch_related("co_applicants__user", "versions")
    application = ProjectApplication.objects.filter(call=call).first()
    if kind is StepKind.INTEREST:
        yield from _writers(interests.filter(state=InterestState.DRAFT))
    elif kind is StepKind.PRE_SELECTION:
        sheets = ScoringSheet.objects.filter(interest__call=call, interest__state=InterestState.SUBMITTED, submitted_at__isnull=True)
        yield from ((sheet.reviewer, sheet.interest) for sheet in sheets.select_related("reviewer", "interest"))
    elif kind in VERSIONS and application is not None and application.state == ApplicationState.DRAFT:
        rows = interests.filter(state=InterestState.SELECTED)
        yield from _writers(row for row in rows if all(each.stage != VERSIONS[kind] for each in row.versions.all()))
    elif kind is StepKind.SUBMISSION and application is not None and application.state in {"draft", "final"}:
        yield from ((user, call) for user in find_accounts(role=Role.OFFICER.value, day=now.date()) if user.is_active)


def _writers(rows: Iterable[ExpressionOfInterest]) -> Iterator[tuple[User, ExpressionOfInterest]]:
    for row in rows:
        accounts = [row.owner, *(each.user for each in row.co_applicants.all() if each.user is not None)]
        yield from ((user, row) for user in accounts if user.is_active)


def _reminder(
    call: FundingCall, step: Step, kind: StepKind, who: tuple[User, ExpressionOfInterest | FundingCall], queued: set[str]
) -> CallReminder:
    user, about = who
    subject, body = texts(REMINDER.key, user.language, _values(call, step, kind, user, about))
    made = CallReminder(step, kind, user, about, subject, body, was_queued=False)
    dedupe = f"{REMINDER.key}/{about._meta.label_lower}/{about.pk}/{user.email.lower()}/{made.once}"[:200]
    return CallReminder(step, kind, user, about, subject, body, was_queued=dedupe in queued)


def _values(call: FundingCall, step: Step, kind: StepKind, user: User, about: ExpressionOfInterest | FundingCall) -> dict[str, str]:
    local = step.last_moment.astimezone(ZoneInfo(step.zone))
    dutch = user.language == "nl"
    title = "" if isinstance(about, FundingCall) else (about.title_nl if dutch and about.title_nl else about.title)
    with translation.override(user.language):
        name = str(kind.label)
    return {
        "name": user.display_name, "call": call.title(user.language), "step": name, "todo": TODO[kind].in_language(user.language),
        "moment": f"{local:%d-%m-%Y %H:%M}" if dutch else f"{local:%Y-%m-%d %H:%M}", "title": title,
    }  # fmt: skip
