"""One row of every register of the office, numbered so that many can be made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.factories.university import University

from goliard.apps.institutions.models import Country, Network, Organisation, OrganisationName, OrganizationalUnit, UnitName
from goliard.apps.institutions.services.names import search_key
from goliard.apps.people.models import Contact, Person


def _organisation(university: University, number: int) -> Organisation:
    name = f"Fictional University {number}"
    row = Organisation.objects.create(
        key=f"fictional-{number}", kind="hei", name_en=name, name_nl=name, country=university.home.country,
        search_key=search_key([name, f"fictional-{number}"]),
    )  # fmt: skip
    OrganisationName.objects.create(organisation=row, kind="official", language="en", value=name)
    return row


def _unit(university: University, number: int) -> OrganizationalUnit:
    name = f"Institute {number}"
    row = OrganizationalUnit.objects.create(
        key=f"institute-{number}", organisation=university.home, kind="institute", name_en=name, name_nl=name
    )
    UnitName.objects.create(unit=row, language="en", value=name)
    return row


def _contact(university: University, number: int) -> Contact:
    return Contact.objects.create(organisation=university.partner, mailbox_name=f"International office {number}", role="general")


def _person(_university: University, number: int) -> Person:
    return Person.objects.create(given_name="Coordinator", family_name=f"Number {number}", search_key=f"coordinator number {number}")


def _network(_university: University, number: int) -> Network:
    return Network.objects.create(key=f"network-{number}", kind="network", name_en=f"Network {number}", name_nl=f"Netwerk {number}")


def _country(_university: University, number: int) -> Country:
    code = f"{chr(65 + number // 26)}{chr(65 + number % 26)}"
    return Country.objects.create(
        iso2=code, slug=f"country-{number}", name_en=f"Country {number}", name_nl=f"Land {number}", continent="asia", latitude=1,
        longitude=1,
        search_key=search_key([f"Country {number}", f"Land {number}", code]),
    )  # fmt: skip


ROWS: dict[str, Callable[[University, int], Any]] = {
    "organisations": _organisation,
    "units": _unit,
    "contacts": _contact,
    "people": _person,
    "networks": _network,
    "countries": _country,
}
