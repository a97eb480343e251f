"""Whom the public may turn to at an organisation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from goliard.apps.institutions.models.dated import holding
from goliard.apps.people.models import Contact


def public_contacts(organisation_id: int, *, on: date) -> QuerySet[Contact, Any]:
    """Return the contacts that hold on a day and may be shown, with their persons and units.

    Pages print the e-mail address of functional mailboxes only, never a person's.
    """
    contacts = Contact.objects.filter(holding(on), organisation_id=organisation_id, is_public=True)
    return contacts.select_related("person", "unit").order_by("role", "pk")
