"""Reminders that agreements end: shown as they will leave, then queued, twice at most for an end: well before it, and late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from goliard.apps.agreements.choices import AgreementState
from goliard.apps.agreements.letters import ENDING
from goliard.apps.agreements.models import Agreement
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.models.dated import holding
from goliard.apps.journal.services import record
from goliard.apps.messaging.models import Delivery
from goliard.apps.messaging.services.queue import composer, queue_letter
from goliard.apps.people.choices import ContactRole
from goliard.apps.people.models import BOUNCING, Contact
from goliard.rules.access.actor import Actor
from goliard.rules.funding.eligibility import add_months

ASKED_FIRST = (ContactRole.AGREEMENTS, ContactRole.COORDINATOR, ContactRole.GENERAL)
LAST_MONTHS = 6  # before the end: then a partner is reminded a second time
DUTCH_SPEAKING = {"NL", "SR", "CW", "AW", "SX", "BQ"}


@dataclass(frozen=True, slots=True)
class Reminder:
    """One letter as it would leave; without an address it says for whom one is missing."""

    agreement: Agreement
    partner: Organisation
    contact: Contact | None
    language: str
    subject: str
    body: str
    once: str  # what tells this reminder of an end from the other one
    was_queued: bool

    @property
    def address(self) -> str:
        """Where it goes; empty when no contact has an address."""
        return self.contact.email if self.contact else ""


def reminders_for(agreements: Iterable[Agreement], *, home: str, today: date) -> list[Reminder]:
    """Return the letter of every partner of every agreement that has an end: a dry run, nothing is written."""
    rows = [agreement for agreement in agreements if agreement.ends_on and agreement.state == AgreementState.IN_EFFECT]
    partners = {agreement.pk: [p.organisation for p in agreement.parties.all() if not p.organisation.is_home] for agreement in rows}
    contacts = _contacts({partner.pk for each in partners.values() for partner in each}, today)
    queued = set(Delivery.objects.filter(letter=ENDING.key).values_list("dedupe", flat=True))
    compose = composer(ENDING.key)

    def letter(agreement: Agreement, partner: Organisation) -> Reminder:
        contact, language = contacts.get(partner.pk), "nl" if partner.country.iso2 in DUTCH_SPEAKING else "en"
        subject, body = compose(language, _values(agreement, contact, home))
        once = _once(agreement, today)
        dedupe = f"{ENDING.key}/agreements.agreement/{agreement.pk}/{contact.email.lower() if contact else ''}/{once}"[:200]
        return Reminder(agreement, partner, contact, language, subject, body, once, dedupe in queued)

    return [letter(agreement, partner) for agreement in rows for partner in partners[agreement.pk]]


@transaction.atomic
def send_reminders(*, reminders: Iterable[Reminder], home: str, actor: Actor, now: datetime) -> int:
    """Queue the letters that have an address and were not queued before for this end and stage; return how many."""
    count = 0
    for reminder in reminders:
        if not reminder.address or reminder.was_queued or reminder.contact is None:
            continue
        queue_letter(
            letter=ENDING.key,
            address=reminder.address,
            language=reminder.language,
            values=_values(reminder.agreement, reminder.contact, home),
            about=reminder.agreement,
            now=now,
            once=reminder.once,
        )
        record(actor=actor, verb="remind-partner", subject=reminder.agreement, now=now, details={"contact": reminder.contact.pk})
        count += 1
    return count


def _contacts(organisations: set[int], today: date) -> dict[int, Contact]:
    """Return for each organisation the contact to ask today: agreements before coordinator before general.

    One without an address, or from whose address mail came back, is passed over.
    """
    found: dict[int, Contact] = {}
    rows = (
        Contact.objects.filter(holding(today), organisation_id__in=organisations, role__in=ASKED_FIRST).exclude(email="").exclude(BOUNCING)
    )
    for contact in sorted(rows.select_related("person"), key=lambda each: (ASKED_FIRST.index(ContactRole(each.role)), each.pk)):
        found.setdefault(contact.organisation_id, contact)
    return found


def _once(agreement: Agreement, today: date) -> str:
    """What tells the reminders of one end apart: the first, and the last one in the final months."""
    is_last = agreement.ends_on is not None and agreement.ends_on <= add_months(today, LAST_MONTHS)
    return f"{agreement.ends_on}/last" if is_last else str(agreement.ends_on)


def _values(agreement: Agreement, contact: Contact | None, home: str) -> dict[str, str]:
    ends = f"{agreement.ends_on:%Y-%m-%d}" if agreement.ends_on else ""
    return {"agreement": agreement.title, "contact": contact.name if contact else "…", "ends_on": ends, "home": home}
