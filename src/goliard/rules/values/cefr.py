"""CEFR level of a language skill: A1 to C2, and the network's unofficial NS for a native speaker, which stands above C2."""

from __future__ import annotations

from enum import StrEnum

from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text


class InvalidCefrLevel(InvalidValue):
    """The text is no CEFR level."""

    expected = Text(
        "een ERK-niveau: A1, A2, B1, B2, C1, C2 of NS (moedertaal)", "a CEFR level: A1, A2, B1, B2, C1, C2 or NS (native speaker)"
    )


class CefrLevel(StrEnum):
    """A level. Compare with `reaches`, because the letters happen to sort well and `NS` happens to sort last, but text is no order."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"
    NATIVE = "NS"

    @property
    def step(self) -> int:
        """The place on the scale, from 0 for A1 to 6 for a native speaker."""
        return tuple(CefrLevel).index(self)

    def reaches(self, required: CefrLevel) -> bool:
        """Whether this level is at least `required`."""
        return self.step >= required.step


def parse_cefr_level(text: str) -> CefrLevel:
    """Read a level; small letters and blanks around it are forgiven. Raises `InvalidCefrLevel`."""
    try:
        return CefrLevel(text.strip().upper())
    except ValueError:
        raise InvalidCefrLevel(text) from None
