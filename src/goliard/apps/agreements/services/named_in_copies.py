"""Keep an organisation or a unit, and mark the copies in the network that carry its id: nobody reads them under an id of the past."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction
from django.db.models import Q

from goliard.apps.agreements.models import AgreementParty, AgreementVersion
from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier, OrganizationalUnit
from goliard.apps.institutions.services.organisations import keep_organisation
from goliard.apps.institutions.services.units import keep_unit
from goliard.rules.access.actor import Actor


@transaction.atomic
def keep_unit_in_copies(
    *,
    row: OrganizationalUnit,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> OrganizationalUnit:
    """`keep_unit`, with what it raises; copies that name the unit are written anew where its id in the network changed."""
    before = _ids_of_unit(row)
    kept = keep_unit(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)
    if before != _ids_of_unit(kept):
        named = Q(conditions__sending_unit=kept) | Q(conditions__receiving_unit=kept)
        agreements = {*AgreementVersion.objects.filter(named).values_list("agreement_id", flat=True)}
        agreements |= {*AgreementParty.objects.filter(unit=kept).values_list("agreement_id", flat=True)}
        outdate_copies(agreements=agreements)
    return kept


@transaction.atomic
def keep_organisation_in_copies(
    *,
    row: Organisation,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Organisation:
    """`keep_organisation`, with what it raises; copies of agreements with it are written anew where its id in the network changed."""
    before = _ids_of_organisation(row)
    kept = keep_organisation(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)
    if before != _ids_of_organisation(kept):
        outdate_copies(agreements=AgreementParty.objects.filter(organisation=kept).values_list("agreement_id", flat=True))
    return kept


def _ids_of_unit(unit: OrganizationalUnit) -> list[tuple[str, str]]:
    """The columns of the database that make the id in the network, also of a row that was changed in memory."""
    return list(OrganizationalUnit.objects.filter(pk=unit.pk).values_list("ounit_id", "key"))


def _ids_of_organisation(organisation: Organisation) -> list[str]:
    held = OrganisationIdentifier.objects.filter(organisation=organisation.pk, scheme=IdentifierScheme.HEI_ID)
    return list(held.values_list("value", flat=True))
