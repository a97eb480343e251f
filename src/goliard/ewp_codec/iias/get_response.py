"""The answer of `iias get`: copies of agreements, read with tolerance and written strictly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lxml import etree

from goliard.ewp_codec.contacts import Contact, parse_contact, parse_contacts
from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.iias.agreement import CooperationCondition, Iia, IiaPartner, LanguageSkill, MobilityKind, SubjectArea
from goliard.ewp_codec.iias.conditions_hash import HashedIia, hash_iia
from goliard.ewp_codec.lexical import ACADEMIC_YEAR, AMOUNT, CEFR, DATE, EQF, IDENTIFIER, ISCED_F, ISCED_V6, LANGUAGE, POSITIVE, SHA256_HEX
from goliard.ewp_codec.namespaces import CONTACT, IIAS_GET
from goliard.ewp_codec.reading import ElementReader, Parsed, as_integer, open_document

_KINDS = tuple(MobilityKind)


def parse_iias_get(body: bytes, limits: Limits = ANSWER) -> Parsed[tuple[Iia, ...]]:
    """Read the answer of `iias get`. Raises `RefusedDocument` where it is none."""
    reader, faults = open_document(body, "iias-get-response", IIAS_GET, limits)
    iias = tuple(parse_iia(iia) for iia in reader.children("iia"))
    reader.close()
    return Parsed(iias, faults.as_tuple())


@dataclass(frozen=True, slots=True)
class ReceivedIia:
    """One agreement of a partner's answer: its content, what it hashes to, and its XML, which hashes to the same and is what one approves.

    Keep `xml` and `hashed.text` with an approval: they are the proof of what was approved.
    """

    iia: Iia
    hashed: HashedIia
    xml: bytes

    @property
    def is_as_declared(self) -> bool:
        """Whether the hash that the partner declares is the hash of what it sent. Refuse to approve where it is not."""
        return self.iia.iia_hash == self.hashed.hash


def receive_iias_get(body: bytes, limits: Limits = ANSWER) -> Parsed[tuple[ReceivedIia, ...]]:
    """Read the answer of `iias get` with everything that an approval must keep. Raises `RefusedDocument`."""
    reader, faults = open_document(body, "iias-get-response", IIAS_GET, limits)
    received = tuple(
        ReceivedIia(
            parse_iia(iia), hash_iia(iia.element), etree.tostring(iia.element, encoding="UTF-8", with_tail=False, xml_declaration=False)
        )
        for iia in reader.children("iia")
    )
    reader.close()
    return Parsed(received, faults.as_tuple())


def parse_iia(reader: ElementReader) -> Iia:
    """Read one `<iia>`."""
    partners = tuple(_partner(partner) for partner in reader.children("partner"))
    if len(partners) != 2:
        reader.fault(f"has {len(partners)} partners instead of two")
    in_effect = reader.boolean("in-effect", required=True)
    conditions = reader.child("cooperation-conditions", required=True)
    iia = Iia(
        partners=partners,
        in_effect=in_effect,
        conditions=() if conditions is None else tuple(_conditions(conditions)),
        terminated_as_a_whole=conditions is not None and conditions.flag("terminated-as-a-whole"),
        iia_hash=reader.text("iia-hash", SHA256_HEX, required=True),
        pdf_file=reader.text("pdf-file"),
    )
    if conditions is not None:
        conditions.close()
    reader.close()
    return iia


def _partner(reader: ElementReader) -> IiaPartner:
    hei_id = reader.text("hei-id", required=True).strip()
    ounit_id = reader.text("ounit-id", IDENTIFIER)
    iia_id = reader.text("iia-id", IDENTIFIER)
    iia_code = reader.text("iia-code")
    signing = reader.child("signing-contact", inner=CONTACT)
    partner = IiaPartner(
        hei_id=hei_id,
        ounit_id=ounit_id,
        iia_id=iia_id,
        iia_code=iia_code,
        signing_contact=None if signing is None else parse_contact(signing),
        signing_date=reader.text("signing-date", DATE),
        contacts=parse_contacts(reader),
    )
    reader.close()
    return partner


def _conditions(reader: ElementReader) -> Iterable[CooperationCondition]:
    """The conditions kind by kind, as the schema orders them: where a partner mixes kinds, that is a fault of order."""
    for kind in _KINDS:
        for specification in reader.children(kind.value):
            yield _condition(specification, kind)


def _condition(reader: ElementReader, kind: MobilityKind) -> CooperationCondition:
    sending_hei_id = reader.text("sending-hei-id", required=True).strip()
    sending_ounit_id = reader.text("sending-ounit-id", IDENTIFIER)
    sending_contacts = _contacts(reader, "sending-contact")
    receiving_hei_id = reader.text("receiving-hei-id", required=True).strip()
    receiving_ounit_id = reader.text("receiving-ounit-id", IDENTIFIER)
    receiving_contacts = _contacts(reader, "receiving-contact")
    first = reader.text("receiving-first-academic-year-id", ACADEMIC_YEAR, required=True)
    last = reader.text("receiving-last-academic-year-id", ACADEMIC_YEAR, required=True)
    mobilities, not_yet_defined = _mobilities_per_year(reader)
    skills = tuple(_language_skill(skill) for skill in reader.children("recommended-language-skill"))
    if kind.needs_language and not skills:
        reader.fault("<recommended-language-skill> is missing")
    condition = CooperationCondition(
        kind=kind,
        sending_hei_id=sending_hei_id,
        sending_ounit_id=sending_ounit_id,
        sending_contacts=sending_contacts,
        receiving_hei_id=receiving_hei_id,
        receiving_ounit_id=receiving_ounit_id,
        receiving_contacts=receiving_contacts,
        first_academic_year=first,
        last_academic_year=last,
        mobilities_per_year=mobilities,
        mobilities_not_yet_defined=not_yet_defined,
        language_skills=skills,
        subject_areas=tuple(_subject_area(area) for area in reader.children("subject-area")),
        other_info_terms=reader.text("other-info-terms"),
        total_per_year=reader.text("total-months-per-year" if kind.is_for_students else "total-days-per-year", AMOUNT),
        blended=reader.boolean("blended", required=True) if kind.is_for_students else None,
        eqf_levels=_eqf_levels(reader) if kind.is_for_students else (),
    )
    reader.close()
    return condition


def _contacts(reader: ElementReader, name: str) -> tuple[Contact, ...]:
    return tuple(parse_contact(contact) for contact in reader.children(name, inner=CONTACT))


def _mobilities_per_year(reader: ElementReader) -> tuple[int | None, bool]:
    number = reader.child("mobilities-per-year", required=True)
    if number is None:
        return None, False
    not_yet_defined = number.flag("not-yet-defined")
    value = as_integer(number.own_text(POSITIVE))
    number.close(mixed=True)
    return value, not_yet_defined


def _language_skill(reader: ElementReader) -> LanguageSkill:
    language = reader.text("language", LANGUAGE, required=True)
    cefr_level = reader.text("cefr-level", CEFR)
    area = reader.child("subject-area")
    skill = LanguageSkill(language, cefr_level, None if area is None else _subject_area(area), reader.flag("not-yet-defined"))
    reader.close()
    return skill


def _subject_area(reader: ElementReader) -> SubjectArea:
    code = reader.child("isced-f-code", required=True)
    isced_f_code, v6_value = "", ""
    if code is not None:
        v6_value = code.attribute("v6-value", ISCED_V6)
        isced_f_code = code.own_text(ISCED_F)
        code.close(mixed=True)
    area = SubjectArea(isced_f_code, reader.text("isced-clarification"), v6_value)
    reader.close()
    return area


def _eqf_levels(reader: ElementReader) -> tuple[int, ...]:
    levels = (as_integer(level) for level in reader.texts("eqf-level", EQF))
    return tuple(level for level in levels if level is not None)
