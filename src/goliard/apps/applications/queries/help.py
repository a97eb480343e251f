"""Whom an applicant turns to, and which letters they got."""

from __future__ import annotations

from datetime import date

from goliard.apps.applications.models import Application
from goliard.apps.institutions.models.dated import holding
from goliard.apps.institutions.queries.placed_units import placed_units
from goliard.apps.journal.queries import key_of
from goliard.apps.messaging.models import Delivery
from goliard.apps.people.choices import ContactRole
from goliard.apps.people.models import Appointment, Contact, Enrolment

MOST_LETTERS = 8


def contacts_for(standing: Enrolment | Appointment | None, day: date) -> list[Contact]:
    """Return the coordinators of the nearest unit that has any (the own one, those above it, the institution), else of the house.

    For students who go out, or for staff.
    """
    wanted = ContactRole.STAFF_MOBILITY if isinstance(standing, Appointment) else ContactRole.OUTGOING
    line: list[int | None] = [None]
    if standing is not None:
        placed = placed_units([standing.unit], on=day)[standing.unit_id]
        line = [placed.unit.pk, *(unit.pk for unit in placed.above), None]
    rows = Contact.objects.filter(holding(day), organisation__is_home=True, role__in=(wanted, ContactRole.COORDINATOR, ContactRole.GENERAL))
    found = list(rows.exclude(email="").select_related("person", "unit"))
    for unit in line:
        for role in (wanted, ContactRole.COORDINATOR, ContactRole.GENERAL):
            if here := [row for row in found if row.unit_id == unit and row.role == role]:
                return here
    return next((here for role in (wanted, ContactRole.GENERAL) if (here := [row for row in found if row.role == role])), [])


def letters_about(applications: list[Application]) -> list[Delivery]:
    """Return the newest letters about somebody's own applications that went to them, without what is secret in them."""
    if not applications:
        return []
    kind = key_of(applications[0])[0]
    keys = [key_of(row)[1] for row in applications]
    own = {email for row in applications[:1] for email in row.person.emails.values_list("email", flat=True)}
    account = getattr(applications[0].person, "account", None)
    own |= {account.email} if account else set()
    rows = Delivery.objects.filter(about_type=kind, about_id__in=keys, address__in=own)
    return list(rows.order_by("-queued_at", "-pk")[:MOST_LETTERS])
