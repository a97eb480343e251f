"""Remind the coordinators of a project on its follow-up date, after the end: each once for that date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from goliard.apps.accounts.models import User
from goliard.apps.journal.services import record
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.services.queue import queue_letter, texts
from goliard.apps.projects.choices import CoordinatorSide
from goliard.apps.projects.letters import FOLLOW_UP
from goliard.apps.projects.models import Project
from goliard.apps.projects.queries.rule_inputs import coordination_day
from goliard.rules.access.actor import Actor


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One letter as it would leave; without an address it says for whom one is missing."""

    project: Project
    name: str
    address: str
    language: str
    subject: str
    body: str
    was_queued: bool


def follow_ups_due(*, today: date) -> list[FollowUp]:
    """Return the letters of all projects whose follow-up date has come; nothing is written."""
    rows = Project.objects.filter(follow_up_on__lte=today).prefetch_related("coordinators__person__emails").order_by("follow_up_on", "pk")
    queued = set(Delivery.objects.filter(letter=FOLLOW_UP.key).values_list("dedupe", flat=True))
    return [letter for project in rows for letter in _letters(project, queued, today)]


@transaction.atomic
def send_follow_ups(*, actor: Actor, now: datetime) -> int:
    """Queue what is due, has an address and was not queued for its date before; return how many."""
    count = 0
    for each in follow_ups_due(today=timezone.localdate(now)):
        if each.was_queued or not each.address:
            continue
        values = _values(each.project, each.name, each.language)
        queue_letter(
            letter=FOLLOW_UP.key, address=each.address, language=each.language, values=values, about=each.project, now=now,
            once=str(each.project.follow_up_on),
        )  # fmt: skip
        record(actor=actor, verb="remind-coordinator", subject=each.project, now=now)
        count += 1
    return count


def _letters(project: Project, queued: set[str], today: date) -> Iterator[FollowUp]:
    day = coordination_day(project, today)
    people = [each.person for each in project.coordinators.all() if each.side == CoordinatorSide.HOME and each.holds_on(day)]
    accounts = {account.person_id: account for account in User.objects.filter(person__in=people)}
    for person in people:
        account = accounts.get(person.pk)
        kept = next(iter(person.emails.all()), None)
        address, language = (account.email, account.language) if account else (kept.email if kept else "", "en")
        subject, body = texts(FOLLOW_UP.key, language, _values(project, person.full_name, language))
        dedupe = f"{FOLLOW_UP.key}/{project._meta.label_lower}/{project.pk}/{address.lower()}/{project.follow_up_on}"[:200]
        yield FollowUp(project, person.full_name, address, language, subject, body, dedupe in queued)


def _values(project: Project, name: str, language: str) -> dict[str, str]:
    plan = project.sustainability_nl if language == "nl" else project.sustainability_en
    return {"name": name, "project": project.title(language), "day": str(project.follow_up_on), "plan": plan or "–"}
