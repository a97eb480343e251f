"""Import agreements from a stored file: all rows or the good ones, in one transaction with one journal entry."""

from __future__ import annotations

import io
from datetime import date, datetime

from django.db import transaction

from goliard.apps.agreements.choices import AgreementState, ImportMode, VersionState
from goliard.apps.agreements.copies import canonical, copies_of, hash_of
from goliard.apps.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    CooperationCondition,
    LanguageSkill,
    PlaceSplit,
    SubjectArea,
)
from goliard.apps.agreements.services.imports.columns import KNOWN, Mapped, missing
from goliard.apps.agreements.services.imports.plan import Plan, Planned, plan_import, still_new
from goliard.apps.agreements.services.imports.sheets import Sheet, decoded, read_sheet
from goliard.apps.agreements.services.searching import key_agreement
from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.models import StoredFile
from goliard.apps.documents.services import store_file
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.values.retention import RetentionClass
from goliard.rules.values.texts import Reason, Text

_FAULTY = Text("Er zijn rijen met fouten; er is niets ingevoerd.", "Some rows have faults; nothing was imported.")
_DRAFTS = {AgreementState.DRAFT, AgreementState.PROPOSED}


def keep_import_file(*, content: bytes, name: str, actor: Actor, now: datetime) -> StoredFile:
    """Store a file that can be read as a table; CSV as UTF-8, whatever it was. Raises SheetRefused, FileRefused."""
    read_sheet(content, KNOWN)
    kept = content if content.startswith(b"PK") else decoded(content)[0].encode()
    return store_file(stream=io.BytesIO(kept), name=name, purpose=Purpose.IMPORT, retention=RetentionClass.TEMPORARY, actor=actor, now=now)


@transaction.atomic
def import_agreements(
    *,
    stored: StoredFile,
    sheet: Sheet,
    mapped: Mapped,
    mode: ImportMode,
    actor: Actor,
    now: datetime,
    today: date,
    plan: Plan | None = None,
) -> Plan:
    """Write the agreements of a sheet as they stand in its plan. A plan that was made before this transaction is made anew where an
    agreement of it came in meanwhile.

    What is in effect or was agreed gets a sealed version; drafts stay drafts. Raises Refused, and writes nothing, when the mapping lacks a
    column, nothing is good, or (`ImportMode.ALL`) any row has a fault.
    """
    home = Organisation.objects.select_for_update().filter(is_home=True).first()  # two imports of one file wait for each other
    lacking = missing(mapped)
    if home is None:
        lacking = [Text("Er is geen eigen instelling.", "There is no home institution.")]
    if home is None or lacking:
        raise Refused([Reason("columns", because) for because in lacking])
    if plan is None or not still_new(plan):
        plan = plan_import(sheet, mapped, today=today)
    if plan.faults and mode is ImportMode.ALL:
        raise Refused([Reason("faults", _FAULTY)])
    if not plan.agreements:
        raise Refused([Reason("nothing", Text("Geen enkele rij kan worden ingevoerd.", "Not a single row can be imported."))])
    _write(plan.agreements, home, now)
    details = {
        "file": stored.sha256,
        "mode": mode.value,
        "rows": plan.rows,
        "imported_rows": plan.good_rows,
        "faults": len(plan.faults),
        "agreements": [each.key for each in plan.agreements],
    }
    record(actor=actor, verb="import-agreements", subject=stored, now=now, details=details)
    return plan


def _write(planned: list[Planned], home: Organisation, now: datetime) -> None:
    agreements = Agreement.objects.bulk_create(_agreement(each) for each in planned)
    parties = [
        [
            AgreementParty(agreement=row, organisation=organisation, position=position, unit=each.owner if position == 1 else None)
            for position, organisation in enumerate((home, *each.partners), start=1)
        ]
        for row, each in zip(agreements, planned, strict=True)
    ]
    AgreementParty.objects.bulk_create(party for group in parties for party in group)
    for row, group in zip(agreements, parties, strict=True):
        key_agreement(agreement=row, parties=group)
    Agreement.objects.bulk_update(agreements, ["search_key"], batch_size=500)
    versions = AgreementVersion.objects.bulk_create(
        AgreementVersion(
            agreement=row,
            number=1,
            state=VersionState.DRAFT if row.state in _DRAFTS else VersionState.AGREED,
            agreed_at=None if row.state in _DRAFTS else now,
        )
        for row in agreements
    )
    _write_conditions(list(zip(versions, planned, strict=True)))
    _seal([version.pk for version in versions if version.state == VersionState.AGREED])


def _agreement(each: Planned) -> Agreement:
    return Agreement(
        key=each.key,
        kind=each.kind,
        state=AgreementState.DRAFT if each.state in _DRAFTS else each.state,
        title=each.title,
        owner=each.owner,
        starts_on=each.starts_on,
        ends_on=each.ends_on,
        notice_months=each.notice_months,
        tolerance=each.tolerance,
        note=each.note,
        is_illustrative=any(partner.is_illustrative for partner in each.partners),
    )


def _write_conditions(pairs: list[tuple[AgreementVersion, Planned]]) -> None:
    said = [(version, position, condition) for version, each in pairs for position, condition in enumerate(each.conditions, start=1)]
    rows = CooperationCondition.objects.bulk_create(
        CooperationCondition(
            version=version,
            position=position,
            kind=condition.kind,
            sending=condition.sending.organisation,
            receiving=condition.receiving.organisation,
            sending_unit=condition.sending.unit,
            receiving_unit=condition.receiving.unit,
            first_year=condition.first_year,
            last_year=condition.last_year,
            mobilities_per_year=condition.places,
            amount=condition.amount,
            eqf_levels=condition.levels,
            is_blended=condition.is_blended,
            other_terms=condition.terms,
        )
        for version, position, condition in said
    )
    written = [(row, condition) for row, (_version, _position, condition) in zip(rows, said, strict=True)]
    SubjectArea.objects.bulk_create(
        SubjectArea(condition=row, isced_f=each.isced_f, clarification=each.clarification)
        for row, condition in written
        for each in sorted(condition.subjects)
    )
    LanguageSkill.objects.bulk_create(
        LanguageSkill(condition=row, language=each.language, level=each.level, isced_f=each.isced_f)
        for row, condition in written
        for each in sorted(condition.languages)
    )
    PlaceSplit.objects.bulk_create(
        PlaceSplit(condition=row, unit=unit, places=places) for row, condition in written for unit, places in condition.shares
    )


def _seal(versions: list[int]) -> None:
    for start in range(0, len(versions), 500):
        found = []
        for version, copy in copies_of(AgreementVersion.objects.filter(pk__in=versions[start : start + 500])):
            version.content = canonical(copy)
            version.content_hash = hash_of(version.content)
            found.append(version)
        AgreementVersion.objects.bulk_update(found, ["content", "content_hash"], batch_size=500)
