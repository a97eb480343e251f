"""Two records of one human being become one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goliard.apps.institutions.services.names import search_key
from goliard.apps.journal.services import record
from goliard.apps.people.models import Person, PersonName
from goliard.rules.access.actor import Actor


class CannotMerge(ValueError):
    """The two records contradict one another, or are one already."""


@transaction.atomic
def merge_persons(*, kept: Person, merged: Person, actor: Actor, now: datetime, reason: str) -> Person:
    """Give everything that refers to `merged` to `kept`, whatever app it belongs to; `merged` stays, and points to `kept`.

    The other name becomes an earlier name. Parts that `kept` has already (the same e-mail address) are dropped.
    Raises CannotMerge, and nothing changes: for one record given twice, for one merged before, and where both have what there can be
    one of, such as an account or the same task in one project.
    """
    if kept.pk == merged.pk or kept.merged_into_id or merged.merged_into_id:
        raise CannotMerge(_("These are one person already."))
    list(Person.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk"))
    merged.emails.update(is_preferred=False)
    moved = {relation.related_model._meta.label_lower: _move(relation, kept, merged) for relation in _relations()}
    _keep_name(kept, merged, now)
    kept.search_key = search_key(
        [kept.full_name, kept.native_name, *map(str, kept.earlier_names.all()), *(row.email for row in kept.emails.all())]
    )[:600]
    kept.save(update_fields=["search_key"])
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    details = {"merged": merged.pk, "name": merged.full_name, "moved": {kind: count for kind, count in moved.items() if count}}
    record(actor=actor, verb="merge", subject=kept, now=now, reason=reason, details=details)
    record(actor=actor, verb="merge", subject=merged, now=now, reason=reason, details={"into": kept.pk})
    return kept


def _relations() -> Iterator[models.ForeignObjectRel]:
    """Every foreign key to a person, of this app and of later ones, but for the merging itself."""
    return (relation for relation in Person._meta.related_objects if relation.field.name != "merged_into")


def _move(relation: models.ForeignObjectRel, kept: Person, merged: Person) -> int:
    """Point every row of a relation to `kept`; return how many were moved."""
    moved = 0
    for row in relation.related_model._default_manager.filter(**{relation.field.name: merged}):
        setattr(row, relation.field.name, kept)
        try:
            with transaction.atomic():
                row.save(update_fields=[relation.field.name])
                moved += 1
        except IntegrityError as twice:
            if relation.on_delete is not models.CASCADE:
                kind = relation.related_model._meta.verbose_name
                raise CannotMerge(_("Both have this: %(kind)s. End or remove one of the two first.") % {"kind": kind}) from twice
            row.delete()
    return moved


def _keep_name(kept: Person, merged: Person, now: datetime) -> None:
    name = {"given_name": merged.given_name, "family_name": merged.family_name, "native_name": merged.native_name}
    if merged.full_name != kept.full_name and not kept.earlier_names.filter(**name).exists():
        PersonName.objects.create(person=kept, valid_until=localdate(now), **name)
