"""Agreements as the table that an import reads: a row a condition, both directions in one row where they say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Prefetch, QuerySet

from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.copies import condition_of
from goliard.apps.agreements.models import Agreement, AgreementVersion, CooperationCondition
from goliard.apps.agreements.services.imports.columns import FIELDS
from goliard.apps.agreements.texts import written
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation

Cells = dict[str, object]
BATCH = 500
_GONE = (VersionState.SUPERSEDED, VersionState.WITHDRAWN)


def table_rows(agreements: QuerySet[Agreement], language: str) -> Iterator[list[object]]:
    """Yield the heading in `language` and the rows of the newest version of each agreement, in some twelve queries for every 500."""
    yield [field.name.in_language(language) for field in FIELDS]
    conditions = CooperationCondition.objects.select_related(
        "sending__country", "receiving__country", "sending_unit", "receiving_unit"
    ).prefetch_related("sending__identifiers", "receiving__identifiers", "subjects", "languages", "splits__unit")
    versions = AgreementVersion.objects.exclude(state__in=_GONE).prefetch_related(Prefetch("conditions", conditions))
    parties = "parties__organisation__identifiers", "parties__organisation__country"
    found = agreements.select_related("owner").prefetch_related(Prefetch("versions", versions), *parties)
    keys = list(agreements.values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):  # more at once than SQLite takes in one question
        for agreement in found.filter(pk__in=keys[start : start + BATCH]):
            for cells in _rows(agreement, language):
                yield [cells.get(field.key, "") for field in FIELDS]


def _rows(agreement: Agreement, language: str) -> Iterator[Cells]:
    newest = next(iter(agreement.versions.all()), None)
    head = _head(agreement, language)
    partners = [party.organisation for party in agreement.parties.all() if not party.organisation.is_home]
    conditions = list(newest.conditions.all()) if newest else []
    if not conditions:
        yield head | _partner(partners[:1], partners, language)
    for cells in _paired(conditions):
        yield head | cells | _partner(cells.pop("with"), partners, language)


def _head(agreement: Agreement, language: str) -> Cells:
    return {
        "key": agreement.key,
        "title": agreement.title,
        "kind": agreement.kind,
        "state": agreement.state,
        "owner": agreement.owner.name(language) if agreement.owner else "",
        "starts_on": agreement.starts_on.isoformat() if agreement.starts_on else "",
        "ends_on": agreement.ends_on.isoformat() if agreement.ends_on else "",
        "notice_months": "" if agreement.notice_months is None else agreement.notice_months,
        "tolerance": "" if agreement.tolerance is None else agreement.tolerance,
        "note": agreement.note,
    }


def _partner(named: Iterable[Organisation], partners: Iterable[Organisation], language: str) -> Cells:
    partner = next(iter(named), None)
    if partner is None:
        return {}
    codes = {each.scheme: each.value for each in partner.identifiers.all()}
    return {
        "hei_id": codes.get(IdentifierScheme.HEI_ID, ""),
        "erasmus_code": codes.get(IdentifierScheme.ERASMUS, ""),
        "partner_key": partner.key,
        "partner": partner.name(language),
        "country": partner.country.iso2,
        "parties": "; ".join(each.key for each in partners if each.pk != partner.pk),
    }


def _paired(conditions: Iterable[CooperationCondition]) -> Iterator[dict]:
    """Yield a row a condition; a condition the other way that says the same shares the row of the one before it."""
    waiting: dict | None = None
    for row in conditions:
        is_incoming = row.receiving.is_home
        cells, way = _said(row, is_incoming=is_incoming), "places_in" if is_incoming else "places_out"
        given = {
            way: row.mobilities_per_year,
            f"shares_{way[7:]}": "; ".join(f"{each.unit.key} {each.places}" for each in row.splits.all()),
        }
        if waiting is not None and way not in waiting and all(waiting[key] == cells[key] for key in cells):
            yield waiting | given
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = cells | given
    if waiting is not None:
        yield waiting


def _said(row: CooperationCondition, *, is_incoming: bool) -> dict:
    condition = condition_of(row)
    sides = ((row.sending, row.sending_unit), (row.receiving, row.receiving_unit))
    (here, unit), (there, partner_unit) = reversed(sides) if is_incoming else sides
    return {
        "with": [there],
        "other_side": "" if here.is_home else here.key,
        "home_unit": unit.key if unit and here.is_home else "",
        "partner_unit": partner_unit.key if partner_unit else "",
        "mobility": row.kind,
        "amount": row.amount,
        "first_year": row.first_year,
        "last_year": row.last_year,
        "levels": ", ".join(row.eqf_levels),
        "subjects": written(condition.subjects),
        "languages": written(condition.languages),
        "blended": "x" if row.is_blended else "",
        "terms": row.other_terms,
    }
