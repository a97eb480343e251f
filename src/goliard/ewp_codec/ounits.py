"""Organizational units 2.1: faculties and departments."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.ewp_codec.contacts import Address, Contact, parse_address, parse_contacts, write_address, write_contacts
from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.lexical import HTTP_URL, HTTPS_URL, IDENTIFIER
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.namespaces import OUNITS
from goliard.ewp_codec.reading import ElementReader, Parsed, open_document
from goliard.ewp_codec.writing import ElementWriter, new_document, to_bytes


@dataclass(frozen=True, slots=True)
class OrganizationalUnit:
    """A unit. `ounit_id` never changes; `ounit_code` is what its people call it and must be given."""

    ounit_id: str
    ounit_code: str
    names: tuple[LocalizedText, ...]
    abbreviation: str = ""
    parent_ounit_id: str = ""
    street_address: Address | None = None
    mailing_address: Address | None = None
    website_urls: tuple[LocalizedText, ...] = ()
    logo_url: str = ""
    mobility_factsheet_urls: tuple[LocalizedText, ...] = ()
    contacts: tuple[Contact, ...] = ()


def parse_ounits(body: bytes, limits: Limits = ANSWER) -> Parsed[tuple[OrganizationalUnit, ...]]:
    """Read the answer of organizational-units. Raises `RefusedDocument`."""
    reader, faults = open_document(body, "ounits-response", OUNITS, limits)
    units = tuple(_unit(unit) for unit in reader.children("ounit"))
    reader.close()
    return Parsed(units, faults.as_tuple())


def render_ounits(units: Iterable[OrganizationalUnit]) -> bytes:
    """Write the answer of organizational-units. Raises `Unwritable`."""
    writer = new_document("ounits-response", OUNITS)
    for unit in units:
        _write_unit(writer.child("ounit"), unit)
    return to_bytes(writer)


def _unit(reader: ElementReader) -> OrganizationalUnit:
    unit = OrganizationalUnit(
        ounit_id=reader.text("ounit-id", IDENTIFIER, required=True),
        ounit_code=reader.text("ounit-code", required=True),
        names=reader.localized("name", at_least=1),
        abbreviation=reader.text("abbreviation"),
        parent_ounit_id=reader.text("parent-ounit-id", IDENTIFIER),
        street_address=parse_address(reader, "street-address"),
        mailing_address=parse_address(reader, "mailing-address"),
        website_urls=reader.localized("website-url", HTTP_URL),
        logo_url=reader.text("logo-url", HTTPS_URL),
        mobility_factsheet_urls=reader.localized("mobility-factsheet-url", HTTP_URL),
        contacts=parse_contacts(reader),
    )
    reader.close()
    return unit


def _write_unit(writer: ElementWriter, unit: OrganizationalUnit) -> None:
    writer.text("ounit-id", unit.ounit_id, IDENTIFIER)
    writer.text("ounit-code", unit.ounit_code)
    writer.localized("name", unit.names, at_least=1)
    writer.optional("abbreviation", unit.abbreviation)
    writer.optional("parent-ounit-id", unit.parent_ounit_id, IDENTIFIER)
    write_address(writer, "street-address", unit.street_address)
    write_address(writer, "mailing-address", unit.mailing_address)
    writer.localized("website-url", unit.website_urls, url=True)
    writer.optional("logo-url", unit.logo_url, HTTPS_URL)
    writer.localized("mobility-factsheet-url", unit.mobility_factsheet_urls, url=True)
    write_contacts(writer, unit.contacts)
