"""HEI id: the SCHAC home organisation of an institution, by which the Erasmus Without Paper network knows it (`uw.edu.pl`)."""

from __future__ import annotations

import re
from typing import NewType

from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

HeiId = NewType("HeiId", str)

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_PATTERN = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])")


class InvalidHeiId(InvalidValue):
    """The text is no domain name."""

    expected = Text(
        "de domeinnaam van een instelling in kleine letters, zoals universiteit.example.org",
        "the domain name of an institution in lower case, such as university.example.org",
    )


def parse_hei_id(text: str) -> HeiId:
    """Read a HEI id as a person types it: blanks around it and capitals are forgiven, everything else is refused.

    Raises `InvalidHeiId`. Source: EWP registry specification; SCHAC `schacHomeOrganization`.
    """
    candidate = text.strip().lower()
    if len(candidate) > 253 or not _PATTERN.fullmatch(candidate):
        raise InvalidHeiId(text)
    return HeiId(candidate)
