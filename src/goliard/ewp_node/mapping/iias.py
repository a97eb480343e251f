"""A version of an agreement as an `<iia>`: ourselves first, conditions in their order, texts as they were agreed."""

from __future__ import annotations

from goliard.apps.agreements.choices import AgreementState, ConditionKind
from goliard.apps.agreements.models import AgreementParty, AgreementVersion
from goliard.apps.agreements.models import CooperationCondition as ConditionRow
from goliard.apps.agreements.models import LanguageSkill as LanguageRow
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.ewp_codec.contacts import Contact
from goliard.ewp_codec.iias.agreement import CooperationCondition, Iia, IiaPartner, LanguageSkill, MobilityKind, SubjectArea
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.writing import Unwritable
from goliard.ewp_node.mapping.institutions import hei_id_of, unit_id_of

KINDS = {
    ConditionKind.STUDENT_STUDIES: MobilityKind.STUDENT_STUDIES,
    ConditionKind.STUDENT_TRAINEESHIP: MobilityKind.STUDENT_TRAINEESHIP,
    ConditionKind.STAFF_TEACHING: MobilityKind.STAFF_TEACHING,
    ConditionKind.STAFF_TRAINING: MobilityKind.STAFF_TRAINING,
}


def iia_of(version: AgreementVersion, our_iia_id: str) -> Iia:
    """Return our copy. Parties and conditions come from the prefetched rows; Raises `Unwritable` for an institution
    without hei id; what else does not fit the schema, the codec refuses to write."""
    parties = sorted(version.agreement.parties.all(), key=lambda party: not party.organisation.is_home)
    ours, theirs = (_partner(party) for party in parties)
    return Iia(
        partners=(_with_id(ours, our_iia_id), theirs),
        in_effect=version.agreement.state == AgreementState.IN_EFFECT,
        conditions=tuple(_condition(row) for row in version.conditions.all()),
        terminated_as_a_whole=version.is_terminated,
        pdf_file=document.sha256 if (document := version.document or version.generated) else "",
    )


def _with_id(partner: IiaPartner, iia_id: str) -> IiaPartner:
    return IiaPartner(partner.hei_id, partner.ounit_id, iia_id, partner.iia_code, partner.signing_contact, partner.signing_date)


def _partner(party: AgreementParty) -> IiaPartner:
    return IiaPartner(
        hei_id=_hei(party.organisation),
        ounit_id=_unit(party.unit),
        iia_id=party.iia_id,
        iia_code=party.iia_code,
        signing_contact=_signatory(party),
        signing_date="" if party.signed_on is None else party.signed_on.isoformat(),
    )


def _signatory(party: AgreementParty) -> Contact | None:
    """Who signed, once somebody did: before that, a name is nobody's business."""
    if party.signed_on is None or not party.signatory_name:
        return None
    functions = (LocalizedText(party.signatory_function),) if party.signatory_function else ()
    return Contact(names=(LocalizedText(party.signatory_name),), role_descriptions=functions)


def _condition(row: ConditionRow) -> CooperationCondition:
    kind = KINDS[ConditionKind(row.kind)]
    return CooperationCondition(
        kind=kind,
        sending_hei_id=_hei(row.sending),
        receiving_hei_id=_hei(row.receiving),
        first_academic_year=row.first_year,
        last_academic_year=row.last_year,
        mobilities_per_year=row.mobilities_per_year,
        sending_ounit_id=_unit(row.sending_unit),
        receiving_ounit_id=_unit(row.receiving_unit),
        language_skills=tuple(_language(each) for each in row.languages.all()),
        subject_areas=tuple(SubjectArea(each.isced_f, each.clarification) for each in row.subjects.all()),
        other_info_terms=row.other_terms,
        total_per_year=row.amount,
        blended=row.is_blended if kind.is_for_students else None,
        eqf_levels=tuple(int(digit) for digit in row.eqf_levels) if kind.is_for_students else (),
    )


def _language(row: LanguageRow) -> LanguageSkill:
    return LanguageSkill(row.language, row.level, SubjectArea(row.isced_f) if row.isced_f else None)


def _hei(organisation: Organisation) -> str:
    if not (hei_id := hei_id_of(organisation)):
        raise Unwritable("/iia/partner/hei-id", f"{organisation.key} has no SCHAC code (hei id)")
    return hei_id


def _unit(unit: OrganizationalUnit | None) -> str:
    return "" if unit is None else unit_id_of(unit)
