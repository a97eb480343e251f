"""Keep a person, with the key by which lists search."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction

from goliard.apps.institutions.services.keeping import keep, parts_after
from goliard.apps.institutions.services.names import search_key
from goliard.apps.people.models import Person, PersonEmail, PersonName
from goliard.rules.access.actor import Actor


@transaction.atomic
def keep_person(
    *,
    row: Person,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Person:
    """Save the person with changed addresses and earlier names; raises ValidationError and ChangedMeanwhile as `keep`."""
    earlier = [str(name) for name in parts_after(PersonName, row, parts, removed)]
    addresses = [address.email for address in parts_after(PersonEmail, row, parts, removed)]
    key_person(row, earlier, addresses)
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


def key_person(person: Person, earlier: Sequence[str], addresses: Sequence[str]) -> None:
    """Set `search_key` of `person` from their names, earlier names and e-mail addresses; nothing is saved."""
    person.search_key = search_key([person.full_name, person.native_name, *earlier, *addresses])[:600]
