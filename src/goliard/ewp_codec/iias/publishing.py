"""Writing agreements: one `<iia>` as it will be published, with its hash, and the answer of `iias get` around several."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.ewp_codec.contacts import Contact, write_contact, write_contacts
from goliard.ewp_codec.documents import read_document
from goliard.ewp_codec.iias.agreement import CooperationCondition, Iia, IiaPartner, LanguageSkill, MobilityKind, SubjectArea
from goliard.ewp_codec.iias.conditions_hash import HashedIia, hash_iia
from goliard.ewp_codec.lexical import ACADEMIC_YEAR, AMOUNT, CEFR, DATE, EQF, IDENTIFIER, ISCED_F, ISCED_V6, LANGUAGE, POSITIVE, SHA256_HEX
from goliard.ewp_codec.namespaces import CONTACT, IIAS_GET
from goliard.ewp_codec.writing import ElementWriter, Unwritable, new_document, to_bytes


@dataclass(frozen=True, slots=True)
class PublishedIia:
    """One agreement as it goes over the network: the bytes of its `<iia>` element, and what they hash to.

    Keep all of it: the bytes are what a partner approves, and `join_iias_get` builds answers from them without writing them again.
    """

    xml: bytes
    hashed: HashedIia


def publish_iia(iia: Iia) -> PublishedIia:
    """Write one agreement with its hash. Conditions come out kind by kind, in the order given within each kind.

    Raises `Unwritable` where a value does not fit the schema, or where `iia.iia_hash` is given and is not the hash of the rest.
    """
    writer = new_document("iia", IIAS_GET)
    _write_iia(writer, iia)
    # The hash is taken over the bytes as a partner will read them back, and then put into its place.
    hashed = hash_iia(read_document(to_bytes(writer)))
    if iia.iia_hash not in {"", hashed.hash}:
        raise Unwritable("/iia/iia-hash", f"is {iia.iia_hash}, but the conditions hash to {hashed.hash}")
    writer.text("iia-hash", hashed.hash, SHA256_HEX)
    writer.optional("pdf-file", iia.pdf_file)
    return PublishedIia(to_bytes(writer, declaration=False), hashed)


def render_iias_get(iias: Iterable[Iia]) -> bytes:
    """Write the answer of `iias get`. Raises `Unwritable`."""
    return join_iias_get(publish_iia(iia).xml for iia in iias)


def join_iias_get(published: Iterable[bytes]) -> bytes:
    """Put published agreements into one answer; an empty answer has no agreements."""
    inside = b"".join(published)
    return (
        b"<?xml version='1.0' encoding='UTF-8'?>\n<iias-get-response xmlns=\""
        + IIAS_GET.encode()
        + b'">'
        + inside
        + b"</iias-get-response>"
    )


def _write_iia(writer: ElementWriter, iia: Iia) -> None:
    if len(iia.partners) != 2:
        raise writer.refuse(f"has {len(iia.partners)} partners instead of two")
    for partner in iia.partners:
        _write_partner(writer.child("partner"), partner)
    writer.boolean("in-effect", iia.in_effect)
    conditions = writer.child("cooperation-conditions")
    if iia.terminated_as_a_whole:
        conditions.attribute("terminated-as-a-whole", "true")
    for kind in MobilityKind:
        for condition in iia.conditions:
            if condition.kind is kind:
                _write_condition(conditions.child(kind.value), condition)


def _write_partner(writer: ElementWriter, partner: IiaPartner) -> None:
    writer.text("hei-id", partner.hei_id)
    writer.optional("ounit-id", partner.ounit_id, IDENTIFIER)
    writer.optional("iia-id", partner.iia_id, IDENTIFIER)
    writer.optional("iia-code", partner.iia_code)
    if partner.signing_contact is not None:
        write_contact(writer.child("signing-contact", inner=CONTACT), partner.signing_contact)
    writer.optional("signing-date", partner.signing_date, DATE)
    write_contacts(writer, partner.contacts)


def _write_condition(writer: ElementWriter, condition: CooperationCondition) -> None:
    writer.text("sending-hei-id", condition.sending_hei_id)
    writer.optional("sending-ounit-id", condition.sending_ounit_id, IDENTIFIER)
    _write_named_contacts(writer, "sending-contact", condition.sending_contacts)
    writer.text("receiving-hei-id", condition.receiving_hei_id)
    writer.optional("receiving-ounit-id", condition.receiving_ounit_id, IDENTIFIER)
    _write_named_contacts(writer, "receiving-contact", condition.receiving_contacts)
    writer.text("receiving-first-academic-year-id", condition.first_academic_year, ACADEMIC_YEAR)
    writer.text("receiving-last-academic-year-id", condition.last_academic_year, ACADEMIC_YEAR)
    mobilities = writer.integer("mobilities-per-year", condition.mobilities_per_year, POSITIVE)
    _mark_not_yet_defined(mobilities, marked=condition.mobilities_not_yet_defined)
    if condition.kind.needs_language and not condition.language_skills:
        raise writer.refuse("needs a recommended language")
    for skill in condition.language_skills:
        _write_language_skill(writer.child("recommended-language-skill"), skill)
    for area in condition.subject_areas:
        _write_subject_area(writer.child("subject-area"), area)
    writer.optional("other-info-terms", condition.other_info_terms)
    if condition.kind.is_for_students:
        writer.optional("total-months-per-year", condition.total_per_year, AMOUNT)
        writer.boolean("blended", condition.blended)
        for level in condition.eqf_levels:
            writer.integer("eqf-level", level, EQF)
    else:
        _write_staff_days(writer, condition)


def _write_staff_days(writer: ElementWriter, condition: CooperationCondition) -> None:
    if condition.blended is not None or condition.eqf_levels:
        raise writer.refuse("concerns staff and cannot be blended or have EQF levels")
    writer.optional("total-days-per-year", condition.total_per_year, AMOUNT)


def _write_named_contacts(writer: ElementWriter, name: str, contacts: tuple[Contact, ...]) -> None:
    for contact in contacts:
        write_contact(writer.child(name, inner=CONTACT), contact)


def _write_language_skill(writer: ElementWriter, skill: LanguageSkill) -> None:
    _mark_not_yet_defined(writer, marked=skill.not_yet_defined)
    writer.text("language", skill.language, LANGUAGE)
    writer.optional("cefr-level", skill.cefr_level, CEFR)
    if skill.subject_area is not None:
        _write_subject_area(writer.child("subject-area"), skill.subject_area)


def _write_subject_area(writer: ElementWriter, area: SubjectArea) -> None:
    code = writer.text("isced-f-code", area.isced_f_code, ISCED_F)
    if area.v6_value:
        code.attribute("v6-value", area.v6_value, ISCED_V6)
    writer.optional("isced-clarification", area.isced_clarification)


def _mark_not_yet_defined(writer: ElementWriter, *, marked: bool) -> None:
    if marked:
        writer.attribute("not-yet-defined", "true")
