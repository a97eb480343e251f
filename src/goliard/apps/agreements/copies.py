"""Rows to the rules' copy of an agreement, and the canonical text that is hashed and kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, QuerySet

from goliard.apps.agreements.models import AgreementParty, AgreementVersion, CooperationCondition
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.rules.agreements.copy import Condition, ConditionKind, Copy, Language, Side, Subject
from goliard.rules.values.academic_year import AcademicYear, parse_academic_year

SIDES = ("sending", "receiving", "sending_unit", "receiving_unit")
RELATED = ("sending__identifiers", "receiving__identifiers", "subjects", "languages")


def copy_of(version: AgreementVersion) -> Copy:
    """Return a stored version as the rules see it, in six queries whatever its size."""
    conditions = version.conditions.select_related(*SIDES).prefetch_related(*RELATED)
    parties = version.agreement.parties.select_related("organisation").prefetch_related("organisation__identifiers")
    return _copy(version, conditions, parties)


def copies_of(versions: QuerySet[AgreementVersion]) -> Iterator[tuple[AgreementVersion, Copy]]:
    """Yield versions with their copies, in a number of queries that does not grow with theirs."""
    conditions = CooperationCondition.objects.select_related(*SIDES).prefetch_related(*RELATED)
    parties = AgreementParty.objects.select_related("organisation").prefetch_related("organisation__identifiers")
    found = versions.select_related("agreement").prefetch_related(
        Prefetch("conditions", conditions), Prefetch("agreement__parties", parties)
    )
    for version in found:
        yield version, _copy(version, version.conditions.all(), version.agreement.parties.all())


def _copy(version: AgreementVersion, conditions: Iterable[CooperationCondition], parties: Iterable[AgreementParty]) -> Copy:
    return Copy(
        parties=frozenset(name_of(party.organisation) for party in parties),
        conditions=tuple(condition_of(row) for row in conditions),
        other_terms=version.terms_en or version.terms_nl,
        is_terminated=version.is_terminated,
    )


def condition_of(row: CooperationCondition) -> Condition:
    """Return one row as the rules see it."""
    return Condition(
        kind=ConditionKind(row.kind),
        sending=Side(name_of(row.sending), _unit(row.sending_unit)),
        receiving=Side(name_of(row.receiving), _unit(row.receiving_unit)),
        first_year=parse_academic_year(row.first_year),
        last_year=parse_academic_year(row.last_year),
        mobilities=row.mobilities_per_year,
        amount=Decimal(row.amount) if row.amount else None,
        eqf_levels=frozenset(int(digit) for digit in row.eqf_levels),
        subjects=frozenset(Subject(each.isced_f, each.clarification) for each in row.subjects.all()),
        languages=frozenset(Language(each.language, each.level, each.isced_f) for each in row.languages.all()),
        is_blended=row.is_blended,
        other_terms=row.other_terms,
    )


def name_of(organisation: Organisation) -> str:
    """Return the HEI id by which the network knows an organisation, or its key in this house."""
    ids = [each.value for each in organisation.identifiers.all() if each.scheme == IdentifierScheme.HEI_ID]
    return ids[0] if ids else organisation.key


def _unit(unit: OrganizationalUnit | None) -> str:
    return "" if unit is None else unit.ounit_id or unit.key


def canonical(copy: Copy) -> str:
    """Return a copy as canonical JSON: keys and sets in order, nothing that depends on how it was stored."""
    plain = {
        "parties": sorted(copy.parties),
        "conditions": sorted((_plain(each) for each in copy.conditions), key=lambda each: json.dumps(each, sort_keys=True)),
        "other_terms": copy.other_terms,
        "is_terminated": copy.is_terminated,
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def read_canonical(text: str) -> Copy:
    """Return the copy that `canonical` wrote. Raises KeyError or ValueError for a text that it did not write."""
    plain = json.loads(text)
    conditions = tuple(
        Condition(
            kind=ConditionKind(each["kind"]),
            sending=Side(*each["sending"]),
            receiving=Side(*each["receiving"]),
            first_year=_year(each["first_year"]),
            last_year=_year(each["last_year"]),
            mobilities=each["mobilities"],
            amount=Decimal(each["amount"]) if each["amount"] is not None else None,
            eqf_levels=frozenset(each["eqf_levels"]),
            subjects=frozenset(Subject(*subject) for subject in each["subjects"]),
            languages=frozenset(Language(*language) for language in each["languages"]),
            is_blended=each["is_blended"],
            other_terms=each["other_terms"],
        )
        for each in plain["conditions"]
    )
    return Copy(frozenset(plain["parties"]), conditions, plain["other_terms"], plain["is_terminated"])


def hash_of(content: str) -> str:
    """Return the SHA-256 of a canonical text, in lower-case hexadecimal."""
    return hashlib.sha256(content.encode()).hexdigest()


def _plain(each: Condition) -> dict[str, Any]:
    return {
        "kind": each.kind.value,
        "sending": [each.sending.hei, each.sending.unit],
        "receiving": [each.receiving.hei, each.receiving.unit],
        "first_year": [each.first_year.first, each.first_year.last],
        "last_year": [each.last_year.first, each.last_year.last],
        "mobilities": each.mobilities,
        "amount": None if each.amount is None else f"{each.amount.normalize():f}",
        "eqf_levels": sorted(each.eqf_levels),
        "subjects": sorted([subject.isced_f, subject.clarification] for subject in each.subjects),
        "languages": sorted([language.language, language.level, language.isced_f] for language in each.languages),
        "is_blended": each.is_blended,
        "other_terms": each.other_terms,
    }


def _year(pair: list[int]) -> AcademicYear:
    return AcademicYear(*pair)
