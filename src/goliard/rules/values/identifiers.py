"""Numbers by which the Commission knows organisations, students, cards and projects: PIC, OID, ESI, ESCN, project number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NewType

from goliard.rules.values.hei_id import InvalidHeiId, parse_hei_id
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

Pic = NewType("Pic", str)
Oid = NewType("Oid", str)
Escn = NewType("Escn", str)

ESI_PREFIX = "urn:schac:personalUniqueCode:int:esi:"

_PIC = re.compile(r"[0-9]{9}")
_OID = re.compile(r"E[0-9]{8}")
_ESCN = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-1[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9]{12}")
_ESI_CODE = re.compile(r"[!-9;-~]{1,200}")
_COUNTRY = re.compile(r"[a-z]{2}")
_PROJECT = re.compile(r"([0-9]{4})-([0-9])-([A-Z]{2}[0-9]{2})-(KA[0-9]{3})-(?:([A-Z]{3})-([0-9]{9})|([0-9]{6}))")


class InvalidPic(InvalidValue):
    """The text is no participant identification code."""

    expected = Text("een PIC van negen cijfers", "a PIC of nine digits")


class InvalidOid(InvalidValue):
    """The text is no organisation ID."""

    expected = Text("een OID: de letter E en acht cijfers", "an OID: the letter E and eight digits")


class InvalidEsi(InvalidValue):
    """The text is no European Student Identifier."""

    expected = Text(
        f"een European Student Identifier: {ESI_PREFIX}, dan een landcode of domeinnaam, een dubbele punt en een code",
        f"a European Student Identifier: {ESI_PREFIX}, then a country code or domain name, a colon and a code",
    )


class InvalidEscn(InvalidValue):
    """The text is no European Student Card number."""

    expected = Text(
        "een European Student Card Number: een UUID (versie 1) waarvan het laatste deel drie cijfers en een PIC is",
        "a European Student Card Number: a UUID (version 1) whose last part is three digits and a PIC",
    )


class InvalidProjectNumber(InvalidValue):
    """The text is no Erasmus+ project number."""

    expected = Text(
        "een Erasmus+-projectnummer, zoals 2023-1-NL01-KA171-HED-000123456",
        "an Erasmus+ project number, such as 2023-1-NL01-KA171-HED-000123456",
    )


@dataclass(frozen=True, slots=True)
class Esi:
    """A European Student Identifier: `scope` is a country code (`fr`) or the HEI id that gave the code."""

    scope: str
    code: str

    def __str__(self) -> str:
        return f"{ESI_PREFIX}{self.scope}:{self.code}"


@dataclass(frozen=True, slots=True)
class ProjectNumber:
    """An Erasmus+ project number. `field` is `HED` and the like since 2021; it is empty for 2014-2020, whose serial has six digits."""

    call: int
    round: int
    agency: str
    action: str
    field: str
    serial: str

    def __str__(self) -> str:
        parts = [f"{self.call:04}", str(self.round), self.agency, self.action, self.field, self.serial]
        return "-".join(part for part in parts if part)


def parse_pic(text: str) -> Pic:
    """Read a participant identification code; blanks inside (`999 859 608`) are forgiven. Raises `InvalidPic`."""
    candidate = "".join(text.split())
    if not _PIC.fullmatch(candidate):
        raise InvalidPic(text)
    return Pic(candidate)


def parse_oid(text: str) -> Oid:
    """Read an organisation ID (`E10000000`). Raises `InvalidOid`."""
    candidate = text.strip().upper()
    if not _OID.fullmatch(candidate):
        raise InvalidOid(text)
    return Oid(candidate)


def parse_esi(text: str) -> Esi:
    """Read a European Student Identifier; the scope is folded to lower case, the code is kept as it stands. Raises `InvalidEsi`."""
    candidate = text.strip()
    if not candidate.lower().startswith(ESI_PREFIX.lower()):
        raise InvalidEsi(text)
    scope, colon, code = candidate[len(ESI_PREFIX) :].partition(":")
    scope = scope.lower()
    if not colon or not _ESI_CODE.fullmatch(code):
        raise InvalidEsi(text)
    if not _COUNTRY.fullmatch(scope):
        try:
            parse_hei_id(scope)
        except InvalidHeiId:
            raise InvalidEsi(text) from None
    return Esi(scope, code)


def parse_escn(text: str) -> Escn:
    """Read a European Student Card number. Raises `InvalidEscn`."""
    candidate = text.strip().lower()
    if not _ESCN.fullmatch(candidate):
        raise InvalidEscn(text)
    return Escn(candidate)


def escn_pic(number: Escn) -> Pic:
    """Return the PIC of the institution that issued the card: the last nine digits."""
    return Pic(number[-9:])


def parse_project_number(text: str) -> ProjectNumber:
    """Read a project number of 2014-2020 or of 2021-2027. Raises `InvalidProjectNumber`."""
    found = _PROJECT.fullmatch(text.strip().upper())
    if found is None:
        raise InvalidProjectNumber(text)
    call, round_, agency, action, field, serial, old_serial = found.groups()
    return ProjectNumber(int(call), int(round_), agency, action, field or "", serial or old_serial)
