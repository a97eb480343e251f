"""Links by which a partner's contact enters the list: made, used, revoked. Only the hash of a link's secret is stored."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import transaction

from goliard.apps.agreements.services.partner_links import SEEN_EVERY, hash_of_secret
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.nominations.models import NominationLink
from goliard.apps.people.models import Contact
from goliard.apps.rounds.models import RoundDestination
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.values.texts import Reason, Text

LIFETIME = timedelta(days=90)
UNKNOWN = ("nominations.nominationlink", "unknown")


@transaction.atomic
def make_nomination_link(*, destination: RoundDestination, contact: Contact, actor: Actor, now: datetime) -> tuple[NominationLink, str]:
    """Make a link for one contact of the destination and return it with its secret, which cannot be read again.

    An earlier live link of the same contact is revoked. Raises Refused for a contact of another organisation.
    """
    if contact.organisation_id != destination.organisation_id:
        raise Refused([Reason("foreign-contact", Text("Dit contact hoort niet bij de partner.", "This contact is not the partner's."))])
    NominationLink.objects.filter(destination=destination, contact=contact, revoked_at=None).update(revoked_at=now)
    secret = secrets.token_urlsafe(32)
    link = NominationLink.objects.create(
        destination=destination, contact=contact, secret_hash=hash_of_secret(secret), created_at=now, expires_at=now + LIFETIME
    )
    record(actor=actor, verb="make-nomination-link", subject=destination, now=now, details={"link": link.pk, "contact": contact.pk})
    return link, secret


@transaction.atomic
def revoke_nomination_link(*, link: NominationLink, actor: Actor, now: datetime) -> None:
    """End a link at once; revoking twice changes nothing."""
    if NominationLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now):
        record(actor=actor, verb="revoke-nomination-link", subject=link.destination, now=now, details={"link": link.pk})


@transaction.atomic
def open_nomination_link(*, secret: str, now: datetime) -> NominationLink | None:
    """Return the link that `secret` opens, or None after recording the refusal: unknown, expired and revoked are all refused alike."""
    related = "destination__organisation", "destination__round", "contact__organisation", "contact__person"
    link = NominationLink.objects.select_related(*related).filter(secret_hash=hash_of_secret(secret)).first()
    if link is None:
        record(actor=Actor("anonymous"), verb="refuse-nomination-link", subject=UNKNOWN, now=now, reason="unknown")
        return None
    if link.revoked_at is not None or now >= link.expires_at:
        why = "revoked" if link.revoked_at is not None else "expired"
        record(actor=actor_of(link), verb="refuse-nomination-link", subject=link.destination, now=now, reason=why)
        return None
    if link.last_used_at is None or now - link.last_used_at >= SEEN_EVERY:
        NominationLink.objects.filter(pk=link.pk).update(last_used_at=now)
        record(actor=actor_of(link), verb="open-nominations", subject=link.destination, now=now, details={"link": link.pk})
    return link


def actor_of(link: NominationLink) -> Actor:
    """Return who acts on the page of a list: a contact of one organisation, known by the link alone."""
    return Actor(f"nomination-link:{link.pk}", (RoleGrant(Role.PARTNER_CONTACT, organisation=link.contact.organisation_id),))
