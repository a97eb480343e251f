"""A partner's `<iia>` as the rules compare it with ours, and what of it nobody can read."""

from __future__ import annotations

from collections.abc import Iterator

from goliard.apps.agreements.copies import canonical
from goliard.apps.agreements.services.partner_copies import CopyReading
from goliard.ewp_codec.iias.agreement import CooperationCondition, Iia, LanguageSkill, MobilityKind
from goliard.ewp_codec.iias.get_response import ReceivedIia
from goliard.rules.agreements.copy import Condition, ConditionKind, Copy, Language, Side, Subject
from goliard.rules.values.academic_year import parse_academic_year
from goliard.rules.values.invalid_value import InvalidValue

LONGEST_FILE_ID = 64
KINDS = {
    MobilityKind.STUDENT_STUDIES: ConditionKind.STUDENT_STUDIES,
    MobilityKind.STUDENT_TRAINEESHIP: ConditionKind.STUDENT_TRAINEESHIP,
    MobilityKind.STAFF_TEACHING: ConditionKind.STAFF_TEACHING,
    MobilityKind.STAFF_TRAINING: ConditionKind.STAFF_TRAINING,
}


def reading_of(received: ReceivedIia, *, faults: tuple[str, ...], signed_by: str) -> CopyReading:
    """Return what a copy says. Where a condition cannot be read, there is no content to compare, and the faults say why."""
    unread = tuple(_unread(received.iia))
    owner = received.iia.partners[0] if received.iia.partners else None
    return CopyReading(
        content="" if unread else canonical(copy_of_iia(received.iia)),
        iia_code="" if owner is None else owner.iia_code,
        in_effect=received.iia.in_effect,
        is_approvable=received.hashed.valid_for_approval,
        faults=(*unread, *faults),
        signed_by=signed_by,
        pdf_file=received.iia.pdf_file.strip() if len(received.iia.pdf_file.strip()) <= LONGEST_FILE_ID else "",
    )


def copy_of_iia(iia: Iia) -> Copy:
    """Return a copy as the rules see it. Raises InvalidValue or ValueError for what `_unread` would name."""
    return Copy(
        parties=frozenset(partner.hei_id for partner in iia.partners),
        conditions=tuple(_condition(each) for each in iia.conditions),
        is_terminated=iia.terminated_as_a_whole,
    )


def _unread(iia: Iia) -> Iterator[str]:
    if len(iia.partners) != 2:
        yield f"/iia has {len(iia.partners)} partners instead of two"
    for number, each in enumerate(iia.conditions, start=1):
        try:
            _condition(each)
        except (InvalidValue, ValueError) as unreadable:
            yield f"condition {number} ({each.kind.value}): {unreadable}"


def _condition(each: CooperationCondition) -> Condition:
    if each.mobilities_per_year is None:
        raise ValueError("the number of mobilities a year is missing")
    return Condition(
        kind=KINDS[each.kind],
        sending=Side(each.sending_hei_id, each.sending_ounit_id),
        receiving=Side(each.receiving_hei_id, each.receiving_ounit_id),
        first_year=parse_academic_year(each.first_academic_year),
        last_year=parse_academic_year(each.last_academic_year),
        mobilities=each.mobilities_per_year,
        amount=each.total,
        eqf_levels=frozenset(each.eqf_levels),
        subjects=frozenset(Subject(area.v6_value or area.isced_f_code, area.isced_clarification) for area in each.subject_areas),
        languages=frozenset(_language(skill) for skill in each.language_skills),
        is_blended=bool(each.blended),
        other_terms=each.other_info_terms,
    )


def _language(skill: LanguageSkill) -> Language:
    return Language(skill.language.lower(), skill.cefr_level, "" if skill.subject_area is None else skill.subject_area.isced_f_code)
