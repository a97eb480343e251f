"""Keep an organisation: its names and search key stay in step, its identifiers are well-formed and its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone

from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier, OrganisationName
from goliard.apps.institutions.refusals import Refused
from goliard.apps.institutions.services.keeping import keep, parts_after
from goliard.apps.institutions.services.names import name_organisation
from goliard.rules.access.actor import Actor
from goliard.rules.values.erasmus_code import parse_erasmus_code
from goliard.rules.values.hei_id import parse_hei_id
from goliard.rules.values.identifiers import parse_oid, parse_pic
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Reason, Text

PARSERS = {
    IdentifierScheme.HEI_ID: parse_hei_id,
    IdentifierScheme.ERASMUS: parse_erasmus_code,
    IdentifierScheme.PIC: parse_pic,
    IdentifierScheme.OID: parse_oid,
}


@transaction.atomic
def keep_organisation(
    *,
    row: Organisation,
    actor: Actor,
    now: datetime,
    parts: Sequence[models.Model] = (),
    removed: Sequence[models.Model] = (),
    seen: str | None = None,
) -> Organisation:
    """Save the organisation with its changed names and identifiers.

    Raises Refused when it has no name, an identifier is malformed, or an identifier of the same scheme belongs to another organisation;
    ValidationError and ChangedMeanwhile as `keep`.
    """
    names = parts_after(OrganisationName, row, parts, removed)
    identifiers = parts_after(OrganisationIdentifier, row, parts, removed)
    if reasons := [*_nameless(names), *(reason for each in identifiers for reason in _identifier_faults(row, each))]:
        raise Refused(reasons)
    name_organisation(row, names, identifiers, timezone.localdate(now))
    return keep(row=row, actor=actor, now=now, parts=parts, removed=removed, seen=seen)


def _nameless(names: Sequence[OrganisationName]) -> list[Reason]:
    if names:
        return []
    return [Reason("name-needed", Text("Geef minstens één naam.", "Give at least one name."), field="names")]


def _identifier_faults(row: Organisation, identifier: OrganisationIdentifier) -> list[Reason]:
    scheme = IdentifierScheme(identifier.scheme)
    if parse := PARSERS.get(scheme):
        try:
            parse(identifier.value)
        except InvalidValue as malformed:
            return [Reason("identifier-form", malformed.text, field="identifiers")]
    other = (
        OrganisationIdentifier.objects.filter(scheme=scheme, value=identifier.value).exclude(organisation=row if row.pk else None).first()
    )
    if other is None:
        return []
    whose = other.organisation
    return [
        Reason(
            "identifier-taken",
            Text(
                f"{scheme.label} {identifier.value} hoort al bij {whose.name_nl}.",
                f"{scheme.label} {identifier.value} already belongs to {whose.name_en}.",
            ),
            field="identifiers",
        )
    ]
