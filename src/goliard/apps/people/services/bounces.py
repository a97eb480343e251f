"""Mail that came back: kept as a bounce, and the contacts with that address are marked until they get another one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.messaging.bounce_reports import Report
from goliard.apps.messaging.choices import BounceSource
from goliard.apps.messaging.models import Bounce, Delivery
from goliard.apps.people.models import Contact
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def keep_report(*, report: Report, actor: Actor, now: datetime) -> Bounce | None:
    """Keep what a mail server reported; None where this very report was kept before, or is about no letter or contact of ours.

    The letter is known by its Message-ID. Only an address that failed for good marks contacts: what is full today may work tomorrow.
    """
    if report.report_id and Bounce.objects.filter(report_id=report.report_id, address=report.address).exists():
        return None
    delivery = Delivery.objects.filter(message_id=report.message_id).first() if report.message_id else None
    address = delivery.address if delivery else report.address
    if delivery is None and not Contact.objects.filter(email__iexact=address).exists():
        return None
    bounce = Bounce.objects.create(
        address=report.address,
        delivery=delivery,
        is_permanent=report.is_permanent,
        status=report.status[:12],
        reason=report.reason[:300],
        source=BounceSource.MAIL,
        report_id=report.report_id,
        reported_at=now,
    )
    marked = _mark(address, now) if report.is_permanent else []
    details = {"address": report.address, "status": report.status, "contacts": marked}
    record(actor=actor, verb="keep-bounce", subject=bounce, now=now, details=details)
    return bounce


@transaction.atomic
def mark_bounced(*, contact: Contact, reason: str, actor: Actor, now: datetime) -> Bounce:
    """Note by hand that mail to a contact's address comes back. Raises Refused without an address, or when it is marked already."""
    locked = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if not locked.email:
        raise Refused([Reason("no-address", Text("Dit contact heeft geen adres.", "This contact has no address."), field="email")])
    if locked.is_bouncing:
        raise Refused([Reason("bounced-before", Text("Dat is al vastgelegd.", "This is noted already."))])
    bounce = Bounce.objects.create(
        address=locked.email, is_permanent=True, reason=" ".join(reason.split())[:300], source=BounceSource.TYPED, reported_at=now
    )
    marked = _mark(locked.email, now)
    record(actor=actor, verb="mark-bounced", subject=locked, now=now, details={"bounce": bounce.pk, "contacts": marked})
    return bounce


@transaction.atomic
def believe_address(*, contact: Contact, actor: Actor, now: datetime) -> Contact:
    """Take the mark away: the address works again. Raises Refused when there is none."""
    locked = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if not locked.is_bouncing:
        raise Refused([Reason("not-bounced", Text("Er is niets vastgelegd.", "Nothing is noted."))])
    locked.bounced_address, locked.bounced_at = "", None
    locked.save(update_fields=["bounced_address", "bounced_at"])
    record(actor=actor, verb="believe-address", subject=locked, now=now)
    return locked


def _mark(address: str, now: datetime) -> list[int]:
    contacts = list(Contact.objects.select_for_update(of=("self",)).filter(email__iexact=address).order_by("pk"))
    for contact in contacts:
        contact.bounced_address, contact.bounced_at = contact.email, now
        contact.save(update_fields=["bounced_address", "bounced_at"])
    return [contact.pk for contact in contacts]
