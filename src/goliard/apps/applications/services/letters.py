"""Letters to applicants: to which address, with which values, and reminders that are seen before they leave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.letters import REMINDER
from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.applications import applications, closed_to, last_moment_of
from goliard.apps.applications.queries.lacking import lacking_in
from goliard.apps.journal.services import record
from goliard.apps.messaging.letters import Letter
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.services.queue import composer, queue_letter
from goliard.apps.rounds.models import Round
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text

COMPLETE = Text(
    "Je aanmelding is compleet: je hoeft haar alleen nog in te dienen.", "Your application is complete: you only need to submit it."
)


@dataclass(frozen=True, slots=True)
class PlannedLetter:
    """A letter as it would leave; an empty address says that none is known."""

    application: Application
    address: str
    language: str
    subject: str
    body: str
    was_queued: bool
    values: Mapping[str, str]


def address_of(application: Application) -> str:
    """Return where letters to the applicant go: the preferred address, else that of the account; empty when there is none."""
    known = sorted(application.person.emails.all(), key=lambda row: (not row.is_preferred, row.pk))
    account = getattr(application.person, "account", None)
    return known[0].email if known else (account.email if account else "")


def send_letter(*, letter: Letter, application: Application, values: Mapping[str, str], now: datetime, once: str) -> Delivery | None:
    """Queue a letter to the applicant in the use case's transaction; None where no address is known."""
    address = address_of(application)
    if not address:
        return None
    filled = {"name": application.person.full_name, "round": application.round.title(application.language), **values}
    kept = {name: value for name, value in filled.items() if name in letter.values}
    return queue_letter(
        letter=letter.key, address=address, language=application.language, values=kept, about=application, now=now, once=once
    )


def planned_reminders(*, round: Round, now: datetime) -> list[PlannedLetter]:
    """Return the reminder of everybody who has a draft while there is time: a dry run, nothing is written."""
    drafts = applications().filter(round=round, state=ApplicationState.DRAFT).prefetch_related("person__emails")
    rows = [row for row in drafts if not closed_to(row, now)]
    lacking = lacking_in(rows, now)
    letters = Delivery.objects.filter(letter=REMINDER.key).values_list("about_id", "dedupe")
    queued = {(about, dedupe.rpartition("/")[2]) for about, dedupe in letters}
    compose = composer(REMINDER.key)
    found = []
    for row in rows:
        values = _reminder_values(row, lacking[row.pk])
        subject, body = compose(row.language, values)
        was = (str(row.pk), _once(row)) in queued
        found.append(PlannedLetter(row, address_of(row), row.language, subject, body, was, values))
    return found


@transaction.atomic
def send_reminders(*, round: Round, actor: Actor, now: datetime) -> int:
    """Queue every planned reminder that has an address and was not queued for this deadline before; return how many."""
    sent = 0
    for planned in planned_reminders(round=round, now=now):
        if planned.address and not planned.was_queued:
            row = planned.application
            send_letter(letter=REMINDER, application=row, values=planned.values, now=now, once=_once(row))
            sent += 1
    if sent:
        record(actor=actor, verb="remind-applicants", subject=round, now=now, details={"letters": sent})
    return sent


def told_until(application: Application, language: str) -> str:
    """Return the last moment in time as a letter says it: `1-12-2026 23:59 (Europe/Amsterdam)`."""
    zone = application.round.zone
    local = last_moment_of(application).astimezone(ZoneInfo(zone))
    return f"{local:%d-%m-%Y %H:%M} ({zone})" if language == "nl" else f"{local:%Y-%m-%d %H:%M} ({zone})"


def _reminder_values(row: Application, faults: Sequence[Reason]) -> dict[str, str]:
    missing = "\n".join(f"- {fault.because.in_language(row.language)}" for fault in faults) or COMPLETE.in_language(row.language)
    return {
        "name": row.person.full_name, "round": row.round.title(row.language), "until": told_until(row, row.language), "missing": missing,
    }  # fmt: skip


def _once(row: Application) -> str:
    return f"{last_moment_of(row):%Y%m%d%H%M}"
