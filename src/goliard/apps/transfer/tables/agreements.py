"""Agreements: parties, versions with their cooperation conditions, what was exchanged, and fact sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.copies import canonical, copies_of, hash_of
from goliard.apps.agreements.models import (
    Agreement,
    AgreementParty,
    AgreementVersion,
    CooperationCondition,
    ExchangeCount,
    FactSheet,
    FactSheetInfo,
    LanguageSkill,
    PlaceSplit,
    SubjectArea,
)
from goliard.apps.agreements.services.searching import key_agreement
from goliard.apps.agreements.texts import parse_levels
from goliard.apps.transfer.columns import Column, column, reference
from goliard.apps.transfer.kinds import DayOfYear, Key, Moment, Parsed
from goliard.apps.transfer.table import Table, Values, batches
from goliard.apps.transfer.tables.organisations import organisation
from goliard.apps.transfer.tables.units import unit
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.cefr import parse_cefr_level
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Text

SEALED = (VersionState.AGREED, VersionState.SUPERSEDED)
_HEAD = ("kind", "state", "title")
_LIFE = ("starts_on", "ends_on", "notice_months", "tolerance", "note", "is_illustrative", "is_public")
_PARTY = ("position", "iia_id", "iia_code", "signatory_name", "signatory_function", "signed_on")
_SHEET = ("decision_weeks", "transcript_weeks", "grading_en", "grading_nl", "requirements_en", "requirements_nl", "source")
_DEADLINES = ("nominations_autumn", "nominations_spring", "applications_autumn", "applications_spring")
_YEAR = Parsed(parse_academic_year, "an academic year of the receiving institution, as `2026/2027`")
_ISCED = Parsed(parse_isced_field, "an ISCED-F 2013 code of two to four digits")
_AMOUNT = Key(
    12, re.compile(r"[0-9]{1,6}(\.[0-9]{1,4})?"), "a number with a point, such as 10 or 2.5", "een getal met een punt, zoals 10 of 2.5"
)
_LANGUAGE = Key(12, re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"), "a language code such as en", "een taalcode zoals en")
_VERSION = Key(
    90,
    re.compile(r"[A-Za-z0-9_-]+/[0-9]{1,5}"),
    "the agreement's key and the number, as key/1",
    "een sleutel met een nummer, zoals sleutel/1",
)
_CONDITION = Key(
    96,
    re.compile(r"[A-Za-z0-9_-]+/[0-9]{1,5}/[0-9]{1,5}"),
    "the agreement's key, the version's number and the position, as key/1/2",
    "een sleutel met twee nummers, zoals sleutel/1/2",
)


def _levels(text: str) -> str:
    return "".join(str(level) for level in sorted(parse_levels(text)))


def _agreement(model: type, name: str = "agreement", *, about: str = "key of a row of agreements.csv") -> Column:
    return reference(model, name, "agreements", "key", kind=Key(80), about=about)


def _version() -> Column:
    path = ("agreement__key", "number")
    return reference(CooperationCondition, "version", "agreement_versions", path, kind=_VERSION, about="agreement and number, as key/1")


def condition(model: type) -> Column:
    """Return a column that holds a condition of an agreement: its key, version and position."""
    path = ("version__agreement__key", "version__number", "position")
    about = "agreement, version and position, as key/1/2"
    return reference(model, "condition", "cooperation_conditions", path, kind=_CONDITION, about=about)


def _period(values: Values) -> Iterable[tuple[str, Text]]:
    for first, last in (("starts_on", "ends_on"), ("first_year", "last_year")):
        if values.get(first) and values.get(last) and values[last] < values[first]:
            yield last, Text("Het einde ligt voor het begin.", "The end lies before the beginning.")


def _two_sides(values: Values) -> Iterable[tuple[str, Text]]:
    yield from _period(values)
    if values.get("sending") and values.get("sending") == values.get("receiving"):
        yield "receiving", Text("Zender en ontvanger zijn dezelfde.", "Sender and receiver are the same.")


def _searchable(agreements: set[int], _: date) -> None:
    for part in batches(agreements):
        found = list(Agreement.objects.filter(pk__in=part).prefetch_related("parties__organisation"))
        for row in found:
            key_agreement(agreement=row, parties=row.parties.all())
        Agreement.objects.bulk_update(found, ["search_key"], batch_size=500)


def _seal(versions: set[int], _: date) -> None:
    """Seal what was agreed and is not sealed yet: its canonical text and hash, from the rows as they now stand."""
    for part in batches(versions):
        found = []
        for version, copy in copies_of(AgreementVersion.objects.filter(pk__in=part, state__in=SEALED, content="")):
            version.content = canonical(copy)
            version.content_hash = hash_of(version.content)
            found.append(version)
        AgreementVersion.objects.bulk_update(found, ["content", "content_hash"], batch_size=500)


TABLES = (
    Table(
        "agreements",
        Agreement,
        "Agreements with partners. Only one that is in effect, with an agreed version, gives places.",
        key=("key",),
        columns=(
            column(Agreement, "key"),
            *(column(Agreement, name) for name in _HEAD),
            unit(Agreement, "owner", about="key of the unit that runs it; empty: the institution as a whole"),
            *(column(Agreement, name) for name in _LIFE),
            _agreement(Agreement, "renews", about="key of the agreement that it renews"),
        ),
        check=_period,
        finish=_searchable,
    ),
    Table(
        "agreement_parties",
        AgreementParty,
        "The parties of agreements, the home institution among them.",
        key=("agreement", "organisation", "unit"),
        columns=(
            _agreement(AgreementParty),
            organisation(AgreementParty),
            unit(AgreementParty),
            *(column(AgreementParty, name) for name in _PARTY),
        ),
        parent="agreement",
    ),
    Table(
        "agreement_versions",
        AgreementVersion,
        "The versions of an agreement's text. What was agreed is sealed with its hash when it is first loaded, and stays as it is.",
        key=("agreement", "number"),
        columns=(
            _agreement(AgreementVersion),
            *(column(AgreementVersion, name) for name in ("number", "state", "is_terminated", "terms_en", "terms_nl")),
            *(column(AgreementVersion, name, kind=Moment()) for name in ("proposed_at", "agreed_at")),
        ),
        parent="agreement",
        finish=_seal,
    ),
    Table(
        "cooperation_conditions",
        CooperationCondition,
        "Who may send how many to whom, for what, in which years.",
        key=("version", "position"),
        columns=(
            _version(),
            *(column(CooperationCondition, name) for name in ("position", "kind")),
            organisation(CooperationCondition, "sending"),
            unit(CooperationCondition, "sending_unit"),
            organisation(CooperationCondition, "receiving"),
            unit(CooperationCondition, "receiving_unit"),
            *(column(CooperationCondition, name, kind=_YEAR) for name in ("first_year", "last_year")),
            column(CooperationCondition, "mobilities_per_year"),
            column(
                CooperationCondition, "amount", kind=_AMOUNT, about="total of months (students) or days (staff) a year, as it was agreed"
            ),
            column(CooperationCondition, "eqf_levels", kind=Parsed(_levels, "EQF levels, as `67`")),
            *(column(CooperationCondition, name) for name in ("is_blended", "other_terms")),
        ),
        parent="version",
        check=_two_sides,
    ),
    Table(
        "condition_subjects",
        SubjectArea,
        "The subjects of a condition.",
        key=("condition", "isced_f", "clarification"),
        columns=(condition(SubjectArea), column(SubjectArea, "isced_f", kind=_ISCED), column(SubjectArea, "clarification")),
        parent="condition",
    ),
    Table(
        "condition_languages",
        LanguageSkill,
        "The languages that a condition recommends, for all its subjects or one.",
        key=("condition", "language", "level", "isced_f"),
        columns=(
            condition(LanguageSkill),
            column(LanguageSkill, "language", kind=_LANGUAGE),
            column(LanguageSkill, "level", kind=Parsed(parse_cefr_level, "a CEFR level, A1 to C2 or NS")),
            column(LanguageSkill, "isced_f", kind=_ISCED),
        ),
        parent="condition",
    ),
    Table(
        "condition_shares",
        PlaceSplit,
        "Which part of a condition's yearly places is set apart for a unit of the home institution.",
        key=("condition", "unit"),
        columns=(condition(PlaceSplit), unit(PlaceSplit), column(PlaceSplit, "places")),
    ),
    Table(
        "exchange_counts",
        ExchangeCount,
        "How many went and came with a partner in an academic year.",
        key=("organisation", "unit", "academic_year", "direction", "kind"),
        columns=(
            organisation(ExchangeCount),
            unit(ExchangeCount, about="key of the unit of the home institution; empty: the institution as a whole"),
            column(ExchangeCount, "academic_year", kind=Parsed(parse_academic_year, "an academic year as `2026/2027`")),
            *(column(ExchangeCount, name) for name in ("direction", "kind", "people")),
            column(ExchangeCount, "months", kind=_AMOUNT, about="total of months (students) or days (staff)"),
            column(ExchangeCount, "source"),
        ),
    ),
    Table(
        "fact_sheets",
        FactSheet,
        "What students and offices must know about an institution: deadlines, weeks, grading.",
        key=("organisation",),
        columns=(
            organisation(FactSheet),
            *(column(FactSheet, name, kind=DayOfYear()) for name in _DEADLINES),
            *(column(FactSheet, name) for name in _SHEET),
            *(column(FactSheet, name) for name in ("asks_credits", "asks_cv", "asks_motivation")),
            column(FactSheet, "asks_levels", kind=Parsed(_levels, "EQF levels, as `67`")),
            column(FactSheet, "asks_isced_f", kind=_ISCED),
        ),
    ),
    Table(
        "fact_sheet_contacts",
        FactSheetInfo,
        "Whom to ask at an institution about housing, visa, insurance and the like.",
        key=("sheet", "kind", "email", "website"),
        columns=(
            reference(
                FactSheetInfo, "sheet", "fact_sheets", "organisation__key", kind=Key(80), about="organisation of a row of fact_sheets.csv"
            ),
            *(column(FactSheetInfo, name) for name in ("kind", "email", "website", "phone", "note")),
        ),
    ),
)
