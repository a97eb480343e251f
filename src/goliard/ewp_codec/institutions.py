"""Institutions 2.2: what an institution says about itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.ewp_codec.contacts import Address, Contact, parse_address, parse_contacts, write_address, write_contacts
from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.lexical import HTTP_URL, HTTPS_URL, IDENTIFIER
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.namespaces import INSTITUTIONS
from goliard.ewp_codec.other_ids import OtherId, parse_other_ids, write_other_ids
from goliard.ewp_codec.reading import ElementReader, Parsed, open_document
from goliard.ewp_codec.writing import ElementWriter, new_document, to_bytes


@dataclass(frozen=True, slots=True)
class Institution:
    """An institution. `root_ounit_id`, where given, is one of `ounit_ids`."""

    hei_id: str
    names: tuple[LocalizedText, ...]
    other_ids: tuple[OtherId, ...] = ()
    abbreviation: str = ""
    street_address: Address | None = None
    mailing_address: Address | None = None
    website_urls: tuple[LocalizedText, ...] = ()
    logo_url: str = ""
    mobility_factsheet_urls: tuple[LocalizedText, ...] = ()
    course_catalogue_urls: tuple[LocalizedText, ...] = ()
    contacts: tuple[Contact, ...] = ()
    root_ounit_id: str = ""
    ounit_ids: tuple[str, ...] = ()


def parse_institutions(body: bytes, limits: Limits = ANSWER) -> Parsed[tuple[Institution, ...]]:
    """Read the answer of institutions. Raises `RefusedDocument`."""
    reader, faults = open_document(body, "institutions-response", INSTITUTIONS, limits)
    institutions = tuple(_institution(hei) for hei in reader.children("hei"))
    reader.close()
    return Parsed(institutions, faults.as_tuple())


def render_institutions(institutions: Iterable[Institution]) -> bytes:
    """Write the answer of institutions. Raises `Unwritable`."""
    writer = new_document("institutions-response", INSTITUTIONS)
    for institution in institutions:
        _write_institution(writer.child("hei"), institution)
    return to_bytes(writer)


def _institution(reader: ElementReader) -> Institution:
    hei_id = reader.text("hei-id", required=True).strip()
    other_ids = parse_other_ids(reader)
    institution = Institution(
        hei_id=hei_id,
        other_ids=other_ids,
        names=reader.localized("name", at_least=1),
        abbreviation=reader.text("abbreviation"),
        street_address=parse_address(reader, "street-address"),
        mailing_address=parse_address(reader, "mailing-address"),
        website_urls=reader.localized("website-url", HTTP_URL),
        logo_url=reader.text("logo-url", HTTPS_URL),
        mobility_factsheet_urls=reader.localized("mobility-factsheet-url", HTTP_URL),
        course_catalogue_urls=reader.localized("course-catalogue-url", HTTP_URL),
        contacts=parse_contacts(reader),
        root_ounit_id=reader.text("root-ounit-id", IDENTIFIER),
        ounit_ids=reader.texts("ounit-id", IDENTIFIER),
    )
    reader.close()
    return institution


def _write_institution(writer: ElementWriter, institution: Institution) -> None:
    if institution.root_ounit_id and institution.root_ounit_id not in institution.ounit_ids:
        raise writer.refuse("has a root unit that is not among its units")
    writer.text("hei-id", institution.hei_id)
    write_other_ids(writer, institution.other_ids)
    writer.localized("name", institution.names, at_least=1)
    writer.optional("abbreviation", institution.abbreviation)
    write_address(writer, "street-address", institution.street_address)
    write_address(writer, "mailing-address", institution.mailing_address)
    writer.localized("website-url", institution.website_urls, url=True)
    writer.optional("logo-url", institution.logo_url, HTTPS_URL)
    writer.localized("mobility-factsheet-url", institution.mobility_factsheet_urls, url=True)
    writer.localized("course-catalogue-url", institution.course_catalogue_urls, url=True)
    write_contacts(writer, institution.contacts)
    writer.optional("root-ounit-id", institution.root_ounit_id, IDENTIFIER)
    writer.texts("ounit-id", institution.ounit_ids, IDENTIFIER)
