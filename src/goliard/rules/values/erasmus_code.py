"""Erasmus code: country prefix padded to three places, city, two digits (`NL LEIDEN01`, `D  BERLIN01`, `IRLDUBLIN01`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

#: Country prefix of an Erasmus code -> ISO 3166-1 alpha-2. The prefixes are old car plates, so Spain is `E` and Finland `SF`.
COUNTRY_OF_PREFIX: dict[str, str] = {
    "A": "AT",
    "B": "BE",
    "D": "DE",
    "E": "ES",
    "F": "FR",
    "G": "GR",
    "I": "IT",
    "N": "NO",
    "P": "PT",
    "S": "SE",
    **{code: code for code in ("BG", "CH", "CY", "CZ", "DK", "EE", "HR", "HU", "IS", "LI", "LT", "LV", "MK", "MT", "NL")},
    **{code: code for code in ("PL", "RO", "RS", "SI", "SK", "TR")},
    "IRL": "IE",
    "LUX": "LU",
    "SF": "FI",
    "UK": "GB",
}

_SPACED = re.compile(r"(?P<prefix>[A-Z]{1,3}) +(?P<city>[A-Z-]{1,8})(?P<number>[0-9]{2})")
_JOINED = re.compile(r"(?P<prefix>IRL|LUX)(?P<city>[A-Z-]{1,8})(?P<number>[0-9]{2})")


class InvalidErasmusCode(InvalidValue):
    """The text is no Erasmus code."""

    expected = Text(
        "een Erasmuscode: landcode, plaats van hoogstens acht letters, twee cijfers, zoals NL LEIDEN01",
        "an Erasmus code: country prefix, city of at most eight letters, two digits, such as NL LEIDEN01",
    )


@dataclass(frozen=True, slots=True, order=True)
class ErasmusCode:
    """An Erasmus code in its parts. `str()` gives the canonical form, in which the blanks count: two after a one-letter prefix."""

    prefix: str
    city: str
    number: str

    def __str__(self) -> str:
        return f"{self.prefix:<3}{self.city}{self.number}"

    @property
    def country(self) -> str:
        """The ISO 3166-1 alpha-2 code of the country, empty where the prefix is not one that we know."""
        return COUNTRY_OF_PREFIX.get(self.prefix, "")


def parse_erasmus_code(text: str) -> ErasmusCode:
    """Read an Erasmus code as a person types it: any number of blanks after a one- or two-letter prefix, capitals or not.

    Raises `InvalidErasmusCode`. A three-letter prefix stands directly before the city only where it is Irish or Luxembourgish,
    because `NLLEIDEN01` would otherwise be read as a country `NLL`.
    """
    candidate = text.strip().upper()
    found = _SPACED.fullmatch(candidate) or _JOINED.fullmatch(candidate)
    if found is None:
        raise InvalidErasmusCode(text)
    return ErasmusCode(found["prefix"], found["city"], found["number"])
