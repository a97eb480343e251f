"""Our copies as partners read them: written when what they say changes, kept byte for byte, read from the bytes that were kept.

Use cases mark the copies that they change; `bring_up_to_date` writes marked ones anew. Whoever asks is served after that, so that index and
get never disagree and `modified_since` never under-reports.
"""

from __future__ import annotations

import logging
from datetime import datetime

from django.db.models import F

from goliard.apps.agreements.models import Agreement, AgreementVersion, OwnIia
from goliard.apps.agreements.queries.network import copies_to_renew, current_text, readable_copies
from goliard.apps.agreements.services.network import CopyText
from goliard.apps.agreements.services.own_copies import OwnText, Unpublishable, renew_copy
from goliard.apps.institutions.models import Organisation
from goliard.ewp_codec.iias.publishing import publish_iia
from goliard.ewp_codec.writing import Unwritable
from goliard.ewp_node.mapping.iias import iia_of
from goliard.rules.access.actor import system

logger = logging.getLogger(__name__)
NODE = system("network")


def bring_up_to_date(now: datetime, *, partner: Organisation | None = None, at_most: int | None = None) -> list[OwnIia]:
    """Write anew the copies that changed, all or those for one partner, and return them.

    A copy that cannot be written (a partner without hei id, an institution with two copies under one id) is not readable; it says why.
    """
    return [renew(agreement, now) for agreement in copies_to_renew(partner=partner)[:at_most]]


def renew(agreement: Agreement, now: datetime) -> OwnIia:
    """Write our copy of one agreement anew; the same bytes as before are no new publication."""
    own = renew_copy(agreement=agreement, write=_written, actor=NODE, now=now)
    if own.why_not:
        logger.info("agreement %s cannot be published: %s", agreement.key, own.why_not)
    return own


def audit(now: datetime, *, at_most: int) -> list[OwnIia]:
    """Write anew the copies that were looked at longest ago, and return those that were not as they should have been.

    There should be none: each is a change that marked no copy. It is repaired and logged.
    """
    repaired = []
    for own in OwnIia.objects.filter(is_current=True).select_related("agreement").order_by(F("checked_at").asc(nulls_first=True))[:at_most]:
        after = renew(own.agreement, now)
        if (after.is_readable, after.publication_id) != (own.is_readable, own.publication_id):
            logger.warning("our copy of agreement %s had changed without a mark; it is published anew", own.agreement.key)
            repaired.append(after)
    return repaired


def readable_by(partner: Organisation, now: datetime) -> list[OwnIia]:
    """Return the current copies that a partner may read, in the order of their ids in the network."""
    bring_up_to_date(now, partner=partner)
    return list(readable_copies(partner=partner))


def text_for(iia_id: str, *, hei_id: str) -> bytes | None:
    """Return the bytes of a copy, if it is up to date and readable by the institution with this hei id."""
    text = current_text(hei_id=hei_id, iia_id=iia_id)
    return None if text is None else text.encode()


def _written(version: AgreementVersion, iia_id: str) -> OwnText:
    try:
        iia = iia_of(version, iia_id)
        published = publish_iia(iia)
    except Unwritable as unwritable:
        raise Unpublishable(str(unwritable)) from unwritable
    text = CopyText(published.xml.decode("utf-8"), published.hashed.hash, published.hashed.text)
    years = sorted({f"{each.first_academic_year}-{each.last_academic_year}" for each in iia.conditions})
    return OwnText(text, iia.partners[1].hei_id, " ".join(years))
