"""The persons that the other files name (coordinators, contacts), and contacts. Other persons never stand in a folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goliard.apps.people.models import Contact, Person, PersonEmail
from goliard.apps.people.services.persons import key_person
from goliard.apps.transfer.columns import Column, ListColumn, column, reference
from goliard.apps.transfer.kinds import Mail, PersonKey
from goliard.apps.transfer.table import Table, Values
from goliard.apps.transfer.tables.countries import period
from goliard.apps.transfer.tables.organisations import organisation
from goliard.apps.transfer.tables.units import unit
from goliard.rules.values.texts import Text


def person(model: type, name: str = "person") -> Column:
    """Return a column that holds a person by key."""
    return reference(model, name, "persons", "public_id", kind=PersonKey(), about="key of a row of persons.csv")


def _named(values: Values) -> Iterable[tuple[str, Text]]:
    if not values.get("given_name") and not values.get("family_name"):
        yield "family_name", Text("Geef een voornaam of een achternaam.", "Give a given name or a family name.")


def _person_or_mailbox(values: Values) -> Iterable[tuple[str, Text]]:
    yield from period(values)
    if bool(values.get("person")) == bool(values.get("mailbox_name")):
        yield (
            "person",
            Text(
                "Geef een persoon of de naam van een functionele mailbox, niet beide.",
                "Give either a person or the name of a functional mailbox.",
            ),
        )


def _searchable(persons: set[int], _: date) -> None:
    found = list(Person.objects.filter(pk__in=persons).prefetch_related("earlier_names", "emails"))
    for row in found:
        key_person(row, [str(name) for name in row.earlier_names.all()], [address.email for address in row.emails.all()])
    Person.objects.bulk_update(found, ["search_key"], batch_size=500)


TABLES = (
    Table(
        "persons",
        Person,
        "Persons whom projects and contacts name. A dump writes only those, never students or staff with an account.",
        key=("key",),
        columns=(
            column(Person, "key", field="public_id", kind=PersonKey(), required=True, about="names the person in the other files"),
            *(column(Person, name) for name in ("given_name", "family_name", "native_name", "title")),
        ),
        lists=(
            ListColumn(
                "emails",
                PersonEmail,
                parent="person",
                item="email",
                kind=Mail(254),
                first="is_preferred",
                about="e-mail addresses, the preferred one first",
            ),
        ),
        check=_named,
        finish=_searchable,
    ),
    Table(
        "contacts",
        Contact,
        "Whom one turns to at an organisation, in a role: a person or a functional mailbox.",
        key=("organisation", "unit", "role", "person", "mailbox_name", "valid_from"),
        columns=(
            organisation(Contact),
            unit(Contact),
            column(Contact, "role"),
            person(Contact),
            *(column(Contact, name) for name in ("mailbox_name", "valid_from", "valid_until", "email", "phone", "is_public")),
        ),
        check=_person_or_mailbox,
    ),
)
