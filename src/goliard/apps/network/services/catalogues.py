"""Keep the registry's catalogue: a new copy replaces the last good one whole, a failure leaves it in place."""

from __future__ import annotations

import hashlib
import zlib
from datetime import datetime

from django.db import transaction

from goliard.apps.journal.services import record
from goliard.apps.network.models import CatalogueCopy
from goliard.rules.access.actor import Actor

KEPT = 2  # the copy that counts, and the one before for processes that still read it


@transaction.atomic
def keep_catalogue(*, body: bytes, source: str, etag: str, institutions: int, actor: Actor, now: datetime) -> CatalogueCopy:
    """Store a copy that was read and found good; the same bytes as before only tell that they are still current."""
    digest = hashlib.sha256(body).hexdigest()
    current = CatalogueCopy.objects.select_for_update().defer("compressed").first()
    if current is not None and (current.sha256, current.source) == (digest, source):
        return confirm_catalogue(copy=current, etag=etag, now=now)
    copy = CatalogueCopy.objects.create(
        source=source,
        etag=etag,
        sha256=digest,
        compressed=zlib.compress(body),
        institutions=institutions,
        fetched_at=now,
        checked_at=now,
    )
    kept = list(CatalogueCopy.objects.values_list("pk", flat=True)[:KEPT])
    CatalogueCopy.objects.exclude(pk__in=kept).delete()
    record(actor=actor, verb="keep-catalogue", subject=copy, now=now, details={"sha256": digest, "institutions": institutions})
    return copy


def confirm_catalogue(*, copy: CatalogueCopy, etag: str, now: datetime) -> CatalogueCopy:
    """Note that the registry still serves this copy."""
    copy.checked_at, copy.failed_at, copy.failure = now, None, ""
    copy.etag = etag or copy.etag
    copy.save(update_fields=["checked_at", "failed_at", "failure", "etag"])
    return copy


def note_failure(*, failure: str, now: datetime) -> None:
    """Note on the copy that counts that a refresh failed; without a copy there is nothing to note it on."""
    newest = CatalogueCopy.objects.defer("compressed").first()
    if newest is not None:
        CatalogueCopy.objects.filter(pk=newest.pk).update(failed_at=now, failure=failure[:300])
