"""Our copies as partners read them: written from the rows, kept byte for byte, published anew when the bytes change.

A copy is brought up to date when it is asked for, so that index and get never disagree and `modified_since` never under-reports.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from goliard.apps.agreements.models import AgreementVersion, IiaPublication
from goliard.apps.agreements.queries.network import newest_publication
from goliard.apps.agreements.services.network import CopyText, give_iia_id
from goliard.apps.agreements.services.network import publish_iia as keep_publication
from goliard.apps.institutions.refusals import Refused
from goliard.ewp_codec.iias.publishing import publish_iia
from goliard.ewp_codec.writing import Unwritable
from goliard.ewp_node.mapping.iias import iia_of
from goliard.rules.access.actor import system

logger = logging.getLogger(__name__)
NODE = system("network")


@dataclass(frozen=True, slots=True)
class Published:
    """A version with our copy of it as it stands in the network now."""

    version: AgreementVersion
    publication: IiaPublication

    @property
    def changed_at(self) -> datetime:
        """Since when the copy can be read as it is: a proposal that was recalled and made again may have the same bytes as before."""
        return max(self.publication.published_at, self.version.proposed_at or self.publication.published_at)


def published(versions: QuerySet[AgreementVersion], now: datetime) -> list[Published]:
    """Return the current copies of these versions, in the order of their ids in the network.

    A version that cannot be written (a partner without hei id, an institution with two copies under one id) is left out; the log says why.
    """
    found = []
    for version in versions:
        try:
            found.append(Published(version, _current(version, now)))
        except (Refused, Unwritable) as refused:
            logger.warning("agreement %s cannot be published: %s", version.agreement.key, refused)
    return sorted(found, key=lambda each: each.publication.iia_id)


def _current(version: AgreementVersion, now: datetime) -> IiaPublication:
    newest = newest_publication(version.agreement)
    ours = next(party for party in version.agreement.parties.all() if party.organisation.is_home)
    iia_id = ours.iia_id if newest is not None and newest.iia_id == ours.iia_id else ""
    if not iia_id:
        publish_iia(iia_of(version, "not-yet"))  # what cannot be written gets no id
        iia_id = give_iia_id(agreement=version.agreement, actor=NODE, now=now)
    written = publish_iia(iia_of(version, iia_id))
    xml = written.xml.decode("utf-8")
    if newest is not None and (newest.version_id, newest.xml) == (version.pk, xml):
        return newest
    text = CopyText(xml, written.hashed.hash, written.hashed.text)
    return keep_publication(version=version, iia_id=iia_id, text=text, actor=NODE, now=now)
