"""What the node does by itself: publish what changed, notify partners, fetch what they notified or forgot to, refresh the catalogue.

Every step reads from the database what is due and writes what became of it, so that a process that is killed at any point loses nothing
and doubles nothing: at worst a partner is told or asked once more.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from typst import TypstError

from goliard.apps.agreements.queries.network import approved_by_both, versions_without_document
from goliard.apps.agreements.services.concluding import conclude_iia
from goliard.apps.agreements.services.network_documents import generate_document
from goliard.apps.documents.services import FileRefused
from goliard.apps.network.models import NotificationDelivery, Peer, ReceivedNotification
from goliard.apps.network.queries import current_catalogue, notifications_to_pull, peers_to_look_through, takes_part
from goliard.apps.network.services.deliveries import claim_notification, note_failed, note_sent
from goliard.apps.network.services.notifications import mark_pulled, note_pull_failed
from goliard.apps.network.services.peers import note_index_failed
from goliard.ewp_node.client.failures import AskingFailed
from goliard.ewp_node.client.iias import notify
from goliard.ewp_node.client.peers import are_stale, refresh_peers
from goliard.ewp_node.client.pulling import look_through, present_id, pull
from goliard.ewp_node.client.registry import RefreshFailed, refresh_catalogue
from goliard.ewp_node.publishing import NODE, audit, bring_up_to_date

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]

CATALOGUE_EVERY = timedelta(minutes=15)
AT_ONCE = 100  # notifications or pulls in one round; the rest comes in the next
DOCUMENTS = 20  # that are generated in one round
AUDITED = 20  # copies that are looked at again in one round in which nothing else is due


@dataclass(frozen=True, slots=True)
class Worked:
    """How much was done in one round."""

    published: int = 0
    notified: int = 0
    pulled: int = 0
    looked_through: int = 0

    def __str__(self) -> str:
        return f"{self.published} published, {self.notified} notified, {self.pulled} pulled, {self.looked_through} indexes looked through"


def work(*, clock: Clock) -> Worked:
    """Do once whatever is due. The clock decides what is; requests carry the time of day. Without an address of ours nothing is done."""
    if not takes_part():
        return Worked()
    refresh_when_old(clock())
    pulled = pull_due(clock)
    looked = sum(look_through_one(peer, clock) for peer in peers_to_look_through(clock()))
    write_documents(clock())
    published = publish(clock())
    notified = notify_due(clock)
    if not (published or notified or pulled or looked):
        audit(clock(), at_most=AUDITED)
    return Worked(published, notified, pulled, looked)


def refresh_when_old(now: datetime) -> bool:
    """Refresh the catalogue where it is older than a quarter of an hour, and what it says of our partners; return whether it was tried."""
    source, copy = settings.GOLIARD_EWP_CATALOGUE, current_catalogue()
    tried = None if copy is None else max(copy.checked_at, copy.failed_at or copy.checked_at)
    is_old = bool(source) and (tried is None or now - tried >= CATALOGUE_EVERY)
    if is_old:
        try:
            copy = refresh_catalogue(source=source, actor=NODE, now=now)
        except RefreshFailed as failed:
            logger.warning("%s", failed)
    if copy is not None and are_stale(copy):
        refresh_peers(now)
    return is_old


def write_documents(now: datetime) -> int:
    """Generate the documents that copies are to name; return how many."""
    written = 0
    for version in versions_without_document()[:DOCUMENTS]:
        try:
            generate_document(version=version, actor=NODE, now=now)
            written += 1
        except (OSError, TypstError, FileRefused) as failed:
            logger.warning("no document of agreement %s: %s", version.agreement.key, failed)
    return written


def publish(now: datetime) -> int:
    """Write anew the copies that changed, which queues the notifications, and conclude what both approved; return how many changed."""
    renewed = [own for own in bring_up_to_date(now, at_most=AT_ONCE) if own.changed_at == now]
    for agreement in approved_by_both():
        conclude_iia(agreement=agreement, actor=NODE, now=now)
    return len(renewed)


def notify_due(clock: Clock) -> int:
    """Tell partners what is due to be told; return how many were told."""
    told = 0
    for _number in range(AT_ONCE):
        row = claim_notification(now=clock())
        if row is None:
            break
        told += _notify(row, clock)
    return told


def _notify(row: NotificationDelivery, clock: Clock) -> bool:
    try:
        notify(present_id(row.hei_id), row.api, row.subject)
    except AskingFailed as failed:
        note_failed(row=row, error=str(failed), is_worth_repeating=failed.is_worth_repeating, now=clock())
        return False
    note_sent(row=row, now=clock())
    return True


def pull_due(clock: Clock) -> int:
    """Fetch what partners notified; a silent partner is left alone for the rest of the round. Return how many were fetched."""
    pulled, silent = 0, set()
    for row in notifications_to_pull(clock(), AT_ONCE):
        if row.hei_id in silent:
            continue
        if pull_one(row, clock):
            pulled += 1
        else:
            silent.add(row.hei_id)
    return pulled


def pull_one(row: ReceivedNotification, clock: Clock) -> bool:
    """Fetch what one notification is about; return whether that is done."""
    try:
        pull(row, clock())
    except AskingFailed as failed:
        note_pull_failed(row=row, error=str(failed), now=clock())
        return False
    return mark_pulled(row=row, now=clock())


def look_through_one(peer: Peer, clock: Clock) -> bool:
    """Look through one partner's index; return whether that is done."""
    try:
        look_through(peer, clock())
    except AskingFailed as failed:
        note_index_failed(peer=peer, error=str(failed), now=clock())
        return False
    return True
