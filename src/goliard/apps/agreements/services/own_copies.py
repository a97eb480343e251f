"""Our copies in the network: marked when something changes that they are written from, and written anew before anybody reads them.

A copy is XML, which only the node can write. A use case marks the copy in its own transaction; the node renews what is marked, at the
latest when somebody asks for it, so that nobody ever reads a text that no longer holds and no change of one is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.models import Agreement, AgreementVersion, IiaPublication, OwnIia
from goliard.apps.agreements.queries.network import newest_publication, versions_in_network
from goliard.apps.agreements.services.network import CopyText, give_iia_id, publish_iia
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.network.queries import takes_part
from goliard.apps.network.services.deliveries import queue_notification
from goliard.rules.access.actor import Actor


class Unpublishable(Exception):
    """The copy cannot be written; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class OwnText:
    """Our copy as it was written: its text, by which id the network knows the partner, and the academic years of its conditions."""

    text: CopyText
    partner_hei_id: str
    years: str


#: Writes the copy of a version under an id of ours. Raises Unpublishable.
Writer = Callable[[AgreementVersion, str], OwnText]


def outdate_copies(*, agreements: Iterable[int] | None) -> None:
    """Mark the copies of these agreements (primary keys; None: of all): something that they are written from changed, or may have."""
    concerned = OwnIia.objects.filter(is_current=True)
    (concerned if agreements is None else concerned.filter(agreement__in=list(agreements))).update(is_current=False)


@transaction.atomic
def renew_copy(*, agreement: Agreement, write: Writer, actor: Actor, now: datetime) -> OwnIia:
    """Bring our copy of an agreement up to date: readable in the newest bytes, or not readable with the reason, and remember when."""
    locked = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    own = OwnIia.objects.select_for_update().filter(agreement=locked).first() or OwnIia(agreement=locked)
    version = versions_in_network().filter(agreement=locked).first()
    own.checked_at, own.why_not, own.is_current = now, "", True
    before = own.changed_at
    if version is None:
        return _withdraw(own, actor, now)
    try:
        publication, written = _published(version, write, actor, now)
    except (Refused, Unpublishable) as refused:
        own.why_not, own.is_current = str(refused)[:300], False  # what was missing may be filled in anywhere: ask again each time
        return _withdraw(own, actor, now)
    if not own.is_readable or own.publication_id != publication.pk:
        own.changed_at = now
    elif own.changed_at is None or (version.proposed_at and version.proposed_at > own.changed_at):
        own.changed_at = version.proposed_at or publication.published_at  # recalled and made again in the same words
    own.partner, own.is_readable = _partner_in(version), True
    own.publication, own.iia_id = publication, publication.iia_id
    own.partner_hei_id, own.years = written.partner_hei_id, written.years
    own.save()
    if own.changed_at != before:
        _tell_partner(own, now)
    return own


def _published(version: AgreementVersion, write: Writer, actor: Actor, now: datetime) -> tuple[IiaPublication, OwnText]:
    newest = newest_publication(version.agreement)
    ours = next(party for party in version.agreement.parties.all() if party.organisation.is_home)
    iia_id = ours.iia_id if newest is not None and newest.iia_id == ours.iia_id else ""
    if not iia_id:
        write(version, "not-yet")  # what cannot be written gets no id
        iia_id = give_iia_id(agreement=version.agreement, actor=actor, now=now)
    written = write(version, iia_id)
    return publish_iia(version=version, iia_id=iia_id, text=written.text, actor=actor, now=now), written


def _withdraw(own: OwnIia, actor: Actor, now: datetime) -> OwnIia:
    if own.is_readable:
        own.changed_at = now
        record(actor=actor, verb="withdraw-iia", subject=own.agreement, now=now, details={"iia_id": own.iia_id, "why": own.why_not})
        _tell_partner(own, now)
    own.is_readable = False
    if own.pk or own.why_not:  # a draft that nobody ever could read needs no row
        own.save()
    return own


def _tell_partner(own: OwnIia, now: datetime) -> None:
    """Notify the partner, in the same transaction, that our copy reads otherwise, or not at all any more."""
    if takes_part() and own.iia_id and own.partner_hei_id:
        queue_notification(api="iia-cnr", hei_id=own.partner_hei_id, subject=own.iia_id, now=now)


def _partner_in(version: AgreementVersion) -> Organisation:
    return next(party.organisation for party in version.agreement.parties.all() if not party.organisation.is_home)
