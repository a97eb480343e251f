"""Links by which a partner's contact enters its page: made, used, revoked. Only the hash of a link's secret is stored."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from goliard.apps.agreements.models import Agreement, PartnerLink
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.people.models import Contact
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.values.texts import Reason, Text

LIFETIME = timedelta(days=60)
SEEN_EVERY = timedelta(hours=1)  # an entry an hour is enough to see that the page is read
UNKNOWN = ("agreements.partnerlink", "unknown")


@dataclass(frozen=True, slots=True)
class NewLink:
    """A link with its secret, which is shown once and cannot be read again."""

    link: PartnerLink
    secret: str


class LinkRefused(Exception):
    """The link opens nothing: it never existed, has expired or was revoked. Visitors are not told which."""


def hash_of_secret(secret: str) -> str:
    """Return what is stored of a secret (it has 256 bits of chance, so a plain hash keeps it)."""
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_partner_link(*, agreement: Agreement, contact: Contact, actor: Actor, now: datetime, lifetime: timedelta = LIFETIME) -> NewLink:
    """Make a link for one contact of a party to the agreement; an earlier live link of the same contact is revoked.

    Raises Refused when the contact belongs to no partner of the agreement.
    """
    partners = agreement.parties.filter(organisation__is_home=False).values_list("organisation_id", flat=True)
    if contact.organisation_id not in partners:
        raise Refused([Reason("foreign-contact", Text("Dit contact hoort niet bij een partner.", "This contact belongs to no partner."))])
    for earlier in PartnerLink.objects.select_for_update().filter(agreement=agreement, contact=contact, revoked_at=None):
        revoke_partner_link(link=earlier, actor=actor, now=now, reason="replaced")
    secret = secrets.token_urlsafe(32)
    link = PartnerLink.objects.create(
        agreement=agreement, contact=contact, secret_hash=hash_of_secret(secret), created_at=now, expires_at=now + lifetime
    )
    record(actor=actor, verb="make-partner-link", subject=agreement, now=now, details={"link": link.pk, "contact": contact.pk})
    return NewLink(link, secret)


@transaction.atomic
def revoke_partner_link(*, link: PartnerLink, actor: Actor, now: datetime, reason: str = "") -> PartnerLink:
    """End a link at once; revoking twice changes nothing."""
    locked = PartnerLink.objects.select_for_update().get(pk=link.pk)
    if locked.revoked_at is None:
        locked.revoked_at = now
        locked.save(update_fields=["revoked_at"])
        record(actor=actor, verb="revoke-partner-link", subject=locked.agreement, now=now, reason=reason, details={"link": locked.pk})
    return locked


@transaction.atomic
def open_partner_link(*, secret: str, now: datetime) -> PartnerLink | None:
    """Return the link that `secret` opens, or None after recording the refusal: unknown, expired and revoked are all refused alike."""
    link = (
        PartnerLink.objects.select_related("agreement", "contact__organisation", "contact__person")
        .filter(secret_hash=hash_of_secret(secret))
        .first()
    )
    if link is None:
        record(actor=Actor("anonymous"), verb="refuse-partner-link", subject=UNKNOWN, now=now, reason="unknown")
        return None
    if link.revoked_at is not None or now >= link.expires_at:
        why = "revoked" if link.revoked_at is not None else "expired"
        record(actor=actor_of(link), verb="refuse-partner-link", subject=link.agreement, now=now, reason=why, details={"link": link.pk})
        return None
    if link.last_used_at is None or now - link.last_used_at >= SEEN_EVERY:
        PartnerLink.objects.filter(pk=link.pk).update(last_used_at=now)
        record(actor=actor_of(link), verb="open-partner-page", subject=link.agreement, now=now, details={"link": link.pk})
    return link


def actor_of(link: PartnerLink) -> Actor:
    """Return who acts on a partner's page: a contact of one organisation, known by the link alone."""
    return Actor(f"partner-link:{link.pk}", (RoleGrant(Role.PARTNER_CONTACT, organisation=link.contact.organisation_id),))
