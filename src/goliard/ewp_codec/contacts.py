"""Contacts, postal addresses and telephone numbers, as institutions, units and agreements carry them (contact 1.1, address 1.0)."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.ewp_codec.lexical import COUNTRY, E164, EMAIL, GENDER
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.namespaces import ADDRESS, CONTACT, PHONE
from goliard.ewp_codec.reading import ElementReader
from goliard.ewp_codec.writing import ElementWriter


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address: up to four free lines, or the parts of a street address, never both."""

    recipient_names: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    building_number: str = ""
    building_name: str = ""
    street_name: str = ""
    unit: str = ""
    floor: str = ""
    post_office_box: str = ""
    delivery_point_codes: tuple[str, ...] = ()
    postal_code: str = ""
    locality: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A telephone number: `e164` is `+` and digits; `other` is any other notation, for display only."""

    e164: str = ""
    extension: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or an office that may be contacted. `gender` follows ISO/IEC 5218 (0, 1, 2, 9)."""

    names: tuple[LocalizedText, ...]
    given_names: tuple[LocalizedText, ...] = ()
    family_names: tuple[LocalizedText, ...] = ()
    gender: int | None = None
    phone_numbers: tuple[PhoneNumber, ...] = ()
    fax_numbers: tuple[PhoneNumber, ...] = ()
    emails: tuple[str, ...] = ()
    street_address: Address | None = None
    mailing_address: Address | None = None
    role_descriptions: tuple[LocalizedText, ...] = ()


def parse_contact(reader: ElementReader) -> Contact:
    """Read an element of type `Contact`; the reader must have been opened with the contact namespace inside."""
    contact = Contact(
        names=reader.localized("contact-name", at_least=1),
        given_names=reader.localized("person-given-names"),
        family_names=reader.localized("person-family-name"),
        gender=reader.integer("person-gender", GENDER),
        phone_numbers=tuple(parse_phone_number(phone) for phone in reader.children("phone-number", namespace=PHONE)),
        fax_numbers=tuple(parse_phone_number(phone) for phone in reader.children("fax-number", namespace=PHONE)),
        emails=reader.texts("email", EMAIL),
        street_address=parse_address(reader, "street-address"),
        mailing_address=parse_address(reader, "mailing-address"),
        role_descriptions=reader.localized("role-description"),
    )
    reader.close()
    return contact


def parse_phone_number(reader: ElementReader) -> PhoneNumber:
    """Read an element of type `PhoneNumber`."""
    number = PhoneNumber(e164=reader.text("e164", E164), extension=reader.anything("ext"), other=reader.text("other-format"))
    reader.close()
    return number


def parse_address(parent: ElementReader, name: str) -> Address | None:
    """Read the address of that name inside `parent`, if there is one."""
    reader = parent.child(name, namespace=ADDRESS)
    if reader is None:
        return None
    address = Address(
        recipient_names=reader.texts("recipientName"),
        lines=reader.texts("addressLine"),
        building_number=reader.text("buildingNumber"),
        building_name=reader.text("buildingName"),
        street_name=reader.text("streetName"),
        unit=reader.text("unit"),
        floor=reader.text("floor"),
        post_office_box=reader.text("postOfficeBox"),
        delivery_point_codes=reader.texts("deliveryPointCode"),
        postal_code=reader.text("postalCode"),
        locality=reader.text("locality"),
        region=reader.text("region"),
        country=reader.text("country", COUNTRY),
    )
    if len(address.lines) > 4:
        reader.fault("has more than four address lines")
    if reader.has("addressLine") and reader.has(*_PARTS):
        reader.fault("has address lines beside the parts of a street address")
    reader.close()
    return address


_PARTS = ("buildingNumber", "buildingName", "streetName", "unit", "floor", "postOfficeBox", "deliveryPointCode")


def write_contact(writer: ElementWriter, contact: Contact) -> None:
    """Write the content of an element of type `Contact`; the writer must have been opened with the contact namespace inside."""
    writer.localized("contact-name", contact.names, at_least=1)
    writer.localized("person-given-names", contact.given_names)
    writer.localized("person-family-name", contact.family_names)
    if contact.gender is not None:
        writer.integer("person-gender", contact.gender, GENDER)
    for phone in contact.phone_numbers:
        write_phone_number(writer, "phone-number", phone)
    for fax in contact.fax_numbers:
        write_phone_number(writer, "fax-number", fax)
    writer.texts("email", contact.emails, EMAIL)
    write_address(writer, "street-address", contact.street_address)
    write_address(writer, "mailing-address", contact.mailing_address)
    writer.localized("role-description", contact.role_descriptions)


def write_phone_number(parent: ElementWriter, name: str, number: PhoneNumber) -> None:
    """Write a telephone or fax number."""
    writer = parent.child(name, namespace=PHONE)
    writer.optional("e164", number.e164, E164)
    writer.optional("ext", number.extension)
    writer.optional("other-format", number.other)


def write_address(parent: ElementWriter, name: str, address: Address | None) -> None:
    """Write an address; `None` writes nothing. Raises `Unwritable` where it mixes free lines with parts, or has more than four lines."""
    if address is None:
        return
    writer = parent.child(name, namespace=ADDRESS)
    parts = (address.building_number, address.building_name, address.street_name, address.unit, address.floor, address.post_office_box)
    if len(address.lines) > 4:
        raise writer.refuse("has more than four address lines")
    if address.lines and (any(parts) or address.delivery_point_codes):
        raise writer.refuse("has address lines beside the parts of a street address")
    writer.texts("recipientName", address.recipient_names)
    writer.texts("addressLine", address.lines)
    for part, value in zip(_PARTS, parts, strict=False):
        writer.optional(part, value)
    writer.texts("deliveryPointCode", address.delivery_point_codes)
    writer.optional("postalCode", address.postal_code)
    writer.optional("locality", address.locality)
    writer.optional("region", address.region)
    writer.optional("country", address.country, COUNTRY)


def parse_contacts(parent: ElementReader) -> tuple[Contact, ...]:
    """Read every `contact` inside `parent`."""
    return tuple(parse_contact(reader) for reader in parent.children("contact", namespace=CONTACT))


def write_contacts(parent: ElementWriter, contacts: tuple[Contact, ...]) -> None:
    """Write every contact inside `parent`."""
    for contact in contacts:
        write_contact(parent.child("contact", namespace=CONTACT), contact)
