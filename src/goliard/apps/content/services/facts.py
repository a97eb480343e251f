"""Keep and remove facts; what texts quote stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from goliard.apps.content.models import PublishedFact
from goliard.apps.content.queries.quoting import texts_that_quote
from goliard.apps.institutions.refusals import Refused, StillInUse
from goliard.apps.institutions.services.keeping import keep, remove
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text

_KEY = re.compile(r"[a-z0-9_-]+")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


@transaction.atomic
def keep_fact(
    *,
    row: PublishedFact,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> PublishedFact:
    """Save the fact. Raises Refused where its value is no number as published, or its key changes while texts quote it; else as `keep`."""
    if reasons := [*_form_faults(row), *_key_faults(row)]:
        raise Refused(reasons)
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


@transaction.atomic
def remove_fact(*, row: PublishedFact, actor: Actor, now: datetime) -> None:
    """Delete the fact; StillInUse, with the texts that quote it, where there are any."""
    if users := texts_that_quote(row):
        raise StillInUse(users)
    remove(row=row, actor=actor, now=now)


def _form_faults(row: PublishedFact) -> list[Reason]:
    faults = []
    if not _KEY.fullmatch(row.key):
        text = Text("De sleutel bestaat uit kleine letters, cijfers, - en _.", "The key consists of lower-case letters, digits, - and _.")
        faults.append(Reason("fact-key", text, field="key"))
    if not _NUMBER.fullmatch(row.value):
        text = Text(
            f"“{row.value}” is geen getal. Schrijf een punt voor de decimalen en geen tekens tussen duizendtallen.",
            f"“{row.value}” is not a number. Write a point before decimals, and nothing between thousands.",
        )
        faults.append(Reason("fact-value", text, field="value"))
    return faults


def _key_faults(row: PublishedFact) -> list[Reason]:
    stored = PublishedFact.objects.filter(pk=row.pk).exclude(key=row.key).first() if row.pk else None
    users = texts_that_quote(stored) if stored else ()
    if stored is None or not users:
        return []
    names = "; ".join(name for usage in users for name in usage.names)
    text = Text(f"Teksten citeren dit feit als “{stored.key}”: {names}.", f"Texts quote this fact as “{stored.key}”: {names}.")
    return [Reason("fact-quoted", text, field="key")]
