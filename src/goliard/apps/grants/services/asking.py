"""Ask for a scholarship, by a student or by the office for one; take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from goliard.apps.accounts.models import User
from goliard.apps.grants.letters import ASKED
from goliard.apps.grants.models import OtherGrant, Scholarship, ScholarshipScheme
from goliard.apps.grants.queries.verdicts import verdict_on
from goliard.apps.institutions.models import Country
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.messaging.services.queue import queue_letter
from goliard.apps.people.models import Person
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.scholarship import SCHOLARSHIP
from goliard.rules.values.money import Money
from goliard.rules.values.texts import Reason, Text


@dataclass(frozen=True, slots=True)
class StayWords:
    """What is told of the stay."""

    cycle: str
    purpose: str
    country: Country
    host: str
    starts_on: date
    ends_on: date
    holidays: int = 0
    approved_by_board: bool = False
    for_credit: bool = False


@transaction.atomic
def ask_scholarship(
    *, scheme: ScholarshipScheme, person: Person, words: StayWords, actor: Actor, now: datetime, is_illustrative: bool = False
) -> Scholarship:
    """Ask, with a receipt. Raises Refused with every condition that is not met."""
    Person.objects.select_for_update().get(pk=person.pk)  # two requests at once would not see each other
    row = asked(scheme=scheme, person=person, words=words, now=now)
    row.is_illustrative = is_illustrative
    verdict = verdict_on(row)
    if verdict.entitlement is None:
        raise Refused(verdict.refused)
    row.asked_cents = verdict.entitlement.total.cents
    row.save()
    details = {"scheme": scheme.key, "asked_cents": row.asked_cents}
    record(actor=actor, verb="ask-scholarship", subject=row, now=now, details=details)
    address, language = address_of(person)
    if address:
        values = {
            "name": person.full_name,
            "scheme": scheme.title(language),
            "host": row.host,
            "amount": Money(row.asked_cents).text(language),
        }
        queue_letter(letter=ASKED.key, address=address, language=language, values=values, about=row, now=now)
    return row


def asked(*, scheme: ScholarshipScheme, person: Person, words: StayWords, now: datetime) -> Scholarship:
    """Return the request unsaved, so that it can be judged first. Raises Refused for a period that ends before it begins."""
    if words.ends_on < words.starts_on:
        raise Refused([Reason("stay-order", Text("Het einde ligt voor het begin.", "The end lies before the start."), field="ends_on")])
    return Scholarship(
        scheme=scheme, person=person, cycle=words.cycle, purpose=words.purpose, country=words.country, host=words.host.strip(),
        starts_on=words.starts_on, ends_on=words.ends_on, holidays=words.holidays, approved_by_board=words.approved_by_board,
        for_credit=words.for_credit, applied_at=now,
    )  # fmt: skip


@transaction.atomic
def withdraw_scholarship(*, scholarship: Scholarship, actor: Actor, now: datetime) -> Scholarship:
    """Take it back; what was promised is free again. Raises TransitionRefused."""
    locked = Scholarship.objects.select_for_update().get(pk=scholarship.pk)
    locked.state = SCHOLARSHIP.next_state(state=locked.state, action="withdraw", actor=actor)
    locked.save(update_fields=["state"])
    record(actor=actor, verb="withdraw-scholarship", subject=locked, now=now)
    return locked


@transaction.atomic
def note_other_grant(*, grant: OtherGrant, actor: Actor, now: datetime) -> OtherGrant:
    """Record that a person gets other money for certain days. Raises Refused for a period that ends before it begins."""
    if grant.ends_on < grant.starts_on:
        raise Refused([Reason("stay-order", Text("Het einde ligt voor het begin.", "The end lies before the start."), field="ends_on")])
    grant.save()
    record(actor=actor, verb="note-other-grant", subject=grant, now=now, details={"name": grant.name})
    return grant


def address_of(person: Person) -> tuple[str, str]:
    """Return where a person gets letters, and in which language; empty where no address is known."""
    account = User.objects.filter(person=person, is_active=True).first()
    if account is not None:
        return account.email, account.language
    kept = person.emails.first()
    return (kept.email if kept else ""), "en"
