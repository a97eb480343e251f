"""Organisations, their names over time, and the identifiers that others gave them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from goliard.apps.institutions.choices import IdentifierScheme, NameKind, NameStatus
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier, OrganisationName
from goliard.apps.institutions.services.names import name_organisation
from goliard.apps.institutions.services.organisations import PARSERS
from goliard.apps.transfer.columns import Column, column, kind_of, reference
from goliard.apps.transfer.kinds import Key
from goliard.apps.transfer.table import Identity, Short, Table, Values, batches
from goliard.apps.transfer.tables.countries import country, period
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

LONGEST_ACRONYM = 40  # what lists show of it
_FIELDS = (
    "kind",
    "is_home",
    "city",
    "address",
    "website",
    "founded",
    "profile_en",
    "profile_nl",
    "motto",
    "government_level",
    "is_recognised_research",
    "name_status",
    "status_note_en",
    "status_note_nl",
    "source",
    "is_illustrative",
    "is_public",
)


def organisation(model: type, name: str = "organisation", *, required: bool | None = None) -> Column:
    """Return a column that holds an organisation by its key."""
    return reference(model, name, "organisations", "key", kind=Key(80), required=required, about="key of a row of organisations.csv")


def _complete(values: Values) -> Iterable[tuple[str, Text]]:
    if ("lat" in values or "lon" in values) and (values.get("lat") is None) != (values.get("lon") is None):
        yield "lat", Text("Geef lat en lon, of geen van beide.", "Give both lat and lon, or neither.")
    status = values.get("name_status", NameStatus.CONFIRMED)
    if status != NameStatus.CONFIRMED:
        for name in ("status_note_en", "status_note_nl"):
            if not values.get(name):
                yield name, Text(f"Bij name_status {status} hoort een toelichting.", f"A name_status of {status} needs a note.")


def _well_formed(values: Values) -> Iterable[tuple[str, Text]]:
    yield from period(values)
    scheme = values.get("scheme")
    parse = PARSERS.get(IdentifierScheme(scheme)) if scheme else None
    if parse is not None and values.get("value"):
        try:
            canonical = str(parse(values["value"]))
        except InvalidValue as error:
            yield "value", error.text
        else:
            if canonical != values["value"]:
                yield "value", Text(f"Schrijf dit als ‘{canonical}’.", f"Write this as “{canonical}”.")


def _name_identity(values: Values, plain: Identity) -> Identity:
    """A name is known again by where it stands; only other spellings, of which there are many, by what they say."""
    undated = values.get("valid_from") is None and values.get("valid_until") is None
    return (*plain, "undated" if undated else "", str(values.get("value")) if values.get("kind") == NameKind.ALIAS else "")


def _current_names(organisations: set[int], today: date) -> None:
    for part in batches(organisations):
        found = list(Organisation.objects.filter(pk__in=part).prefetch_related("names", "identifiers"))
        for row in found:
            name_organisation(row, list(row.names.all()), list(row.identifiers.all()), today)
        Organisation.objects.bulk_update(found, ["name_en", "name_nl", "acronym", "search_key"], batch_size=500)


def _short(name: str, kind: str, language: str, about: str) -> Short:
    row = (("kind", kind), ("language", language), ("script", ""), ("valid_from", None), ("valid_until", None))
    cell = column(OrganisationName, "value", kind=kind_of(Organisation._meta.get_field(name)))
    return Short(name, "organisation_names", cell, row, name, about)


def _short_enough(values: Values) -> Iterable[tuple[str, Text]]:
    yield from period(values)
    if values.get("kind") == NameKind.ACRONYM and len(values.get("value", "")) > LONGEST_ACRONYM:
        text = f"hoogstens {LONGEST_ACRONYM} tekens.", f"at most {LONGEST_ACRONYM} characters."
        yield "value", Text(f"Een afkorting heeft {text[0]}", f"An abbreviation has {text[1]}")


TABLES = (
    Table(
        "organisations",
        Organisation,
        "Organisations of every kind: the home institution, partners, members of networks, funders.",
        key=("key",),
        columns=(
            column(Organisation, "key"),
            country(Organisation),
            column(Organisation, "lat", field="latitude", about="latitude; leave empty what no source gives"),
            column(Organisation, "lon", field="longitude", about="longitude"),
            *(column(Organisation, name) for name in _FIELDS),
        ),
        shorts=(
            _short("name_en", NameKind.OFFICIAL, "en", "official name in English; with dates or in other scripts: organisation_names.csv"),
            _short("name_nl", NameKind.OFFICIAL, "nl", "official name in Dutch; empty: the English one is shown"),
            _short("acronym", NameKind.ACRONYM, "", "abbreviation"),
        ),
        check=_complete,
        finish=_current_names,
    ),
    Table(
        "organisation_names",
        OrganisationName,
        "Further names: earlier and later ones with their dates, own scripts, other spellings that searches should find.",
        key=("organisation", "kind", "language", "script", "valid_from"),
        columns=(
            organisation(OrganisationName),
            *(column(OrganisationName, name) for name in ("kind", "language", "script", "valid_from", "valid_until", "value")),
        ),
        parent="organisation",
        check=_short_enough,
        identity=_name_identity,
    ),
    Table(
        "organisation_identifiers",
        OrganisationIdentifier,
        "Identifiers that issuers gave: SCHAC code, Erasmus code, PIC, OID, charter number. Leave out what no source gives.",
        key=("organisation", "scheme", "value"),
        columns=(
            organisation(OrganisationIdentifier),
            *(column(OrganisationIdentifier, name) for name in ("scheme", "value", "valid_from", "valid_until", "source")),
        ),
        parent="organisation",
        check=_well_formed,
    ),
)
