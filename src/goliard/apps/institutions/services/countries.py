"""Keep a country: its slug follows the English name, its search key the other spellings, and no two statuses hold on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from django.db import models, transaction

from goliard.apps.institutions.models import Country, CountryAlias, CountryStatus
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep, parts_after
from goliard.apps.institutions.services.names import key_country
from goliard.rules.access.actor import Actor
from goliard.rules.values.folding import fold, slug
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def keep_country(
    *,
    row: Country,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Country:
    """Save the country with its other spellings and its statuses by date.

    Raises Refused when two statuses hold on the same day; ValidationError and ChangedMeanwhile as `keep`.
    """
    if reasons := overlapping_statuses(parts_after(CountryStatus, row, parts, removed)):
        raise Refused(reasons)
    for part in parts:
        if isinstance(part, CountryAlias):
            part.search_key = fold(part.name)
    row.slug = row.slug or slug(row.name_en)
    key_country(row, [alias.name for alias in parts_after(CountryAlias, row, parts, removed)])
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


def overlapping_statuses(statuses: Sequence[CountryStatus]) -> list[Reason]:
    """Return a reason for every day on which two of a country's statuses begin to hold together."""
    in_order = sorted(statuses, key=lambda status: status.valid_from or date.min)
    return [
        Reason(
            "statuses-overlap",
            Text(
                f"Twee statussen gelden op {later.valid_from or date.min:%d-%m-%Y}.",
                f"Two statuses hold on {later.valid_from or date.min:%Y-%m-%d}.",
            ),
            field="statuses",
        )
        for earlier, later in pairwise(in_order)
        if (earlier.valid_until or date.max) >= (later.valid_from or date.min)
    ]
