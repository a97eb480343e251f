"""The home institution and its units as the network describes them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation, OrganizationalUnit
from goliard.apps.people.models import Contact as ContactRow
from goliard.ewp_codec.contacts import Address, Contact, PhoneNumber
from goliard.ewp_codec.institutions import Institution
from goliard.ewp_codec.lexical import E164, EMAIL, HTTP_URL
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.other_ids import OtherId
from goliard.ewp_codec.ounits import OrganizationalUnit as Unit
from goliard.ewp_codec.registered_heis import RegisteredHei

#: Which of our identifiers the network knows, and what it calls them.
OTHER_IDS = {IdentifierScheme.PIC: "pic", IdentifierScheme.ERASMUS: "erasmus", IdentifierScheme.ECHE: "erasmus-charter"}


def hei_id_of(organisation: Organisation, day: date | None = None) -> str:
    """Return the hei id of an organisation (the one that holds on `day`), empty where it has none."""
    held = [
        each.value for each in organisation.identifiers.all() if each.scheme == IdentifierScheme.HEI_ID and (not day or each.holds_on(day))
    ]
    return held[0] if held else ""


def registered_hei(home: Organisation, hei_id: str, day: date) -> RegisteredHei:
    """Return the institution as the manifest names it."""
    return RegisteredHei(hei_id, names_of(home), other_ids_of(home, day))


def institution_of(
    home: Organisation, hei_id: str, day: date, units: Iterable[OrganizationalUnit], contacts: Iterable[ContactRow]
) -> Institution:
    """Return the institution with the ids of its units and its functional mailboxes."""
    listed = list(units)
    root = next((unit_id_of(unit) for unit in listed if unit.kind == "institution"), "")
    return Institution(
        hei_id=hei_id,
        names=names_of(home),
        other_ids=other_ids_of(home, day),
        abbreviation=home.acronym,
        street_address=_address(home),
        website_urls=_website(home.website),
        contacts=tuple(_contact(row) for row in contacts),
        root_ounit_id=root,
        ounit_ids=tuple(unit_id_of(unit) for unit in listed),
    )


def unit_of(unit: OrganizationalUnit, parent: OrganizationalUnit | None) -> Unit:
    """Return a unit. Its code is what people call it: the abbreviation, or else its key."""
    return Unit(
        ounit_id=unit_id_of(unit),
        ounit_code=unit_code_of(unit),
        names=names_of(unit),
        abbreviation=unit.acronym,
        parent_ounit_id="" if parent is None else unit_id_of(parent),
        website_urls=_website(unit.website),
    )


def unit_id_of(unit: OrganizationalUnit) -> str:
    """Return the id of a unit in the network: its own, or its key in this house."""
    return unit.ounit_id or unit.key


def unit_code_of(unit: OrganizationalUnit) -> str:
    """Return what people call a unit."""
    return unit.acronym or unit.key


def names_of(named: Organisation | OrganizationalUnit) -> tuple[LocalizedText, ...]:
    """Return the names of today, English first."""
    return tuple(LocalizedText(name, language) for name, language in ((named.name_en, "en"), (named.name_nl, "nl")) if name)


def other_ids_of(organisation: Organisation, day: date) -> tuple[OtherId, ...]:
    """Return the identifiers that hold on a day and that the network knows."""
    rows = [each for each in organisation.identifiers.all() if each.scheme in OTHER_IDS and each.holds_on(day)]
    return tuple(OtherId(OTHER_IDS[IdentifierScheme(each.scheme)], each.value) for each in rows)


def phone_of(text: str) -> PhoneNumber:
    """Return a telephone number: as E.164 where the digits make one, else as it was typed."""
    digits = "".join(text.replace("(0)", "").split()).translate(str.maketrans("", "", "-().·"))
    return PhoneNumber(e164=digits) if E164.holds(digits) else PhoneNumber(other=text)


def _address(home: Organisation) -> Address | None:
    if not (home.address or home.city):
        return None
    lines = (home.address,) if home.address else ()
    return Address(lines=lines, locality=home.city, country=home.country.iso2)


def _website(address: str) -> tuple[LocalizedText, ...]:
    return (LocalizedText(address),) if HTTP_URL.may_be_written(address) else ()


def _contact(row: ContactRow) -> Contact:
    return Contact(
        names=(LocalizedText(row.mailbox_name, "en"),),
        phone_numbers=(phone_of(row.phone),) if row.phone else (),
        emails=(row.email,) if EMAIL.may_be_written(row.email) else (),
        role_descriptions=(LocalizedText(str(row.role), "en"),),
    )
