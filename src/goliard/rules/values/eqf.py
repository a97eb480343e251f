"""EQF level: one to eight in the European Qualifications Framework; five to eight are the cycles of higher education."""

from __future__ import annotations

from enum import IntEnum

from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text


class InvalidEqfLevel(InvalidValue):
    """The text is no EQF level."""

    expected = Text("een EQF-niveau van 1 tot en met 8", "an EQF level from 1 to 8")


class EqfLevel(IntEnum):
    """A level; the members of higher education carry the name of their cycle."""

    LEVEL_1 = 1
    LEVEL_2 = 2
    LEVEL_3 = 3
    LEVEL_4 = 4
    SHORT_CYCLE = 5
    BACHELOR = 6
    MASTER = 7
    DOCTORATE = 8

    @property
    def label(self) -> Text:
        """How an office names the level."""
        return _LABELS.get(self, Text(f"EQF-niveau {self.value}", f"EQF level {self.value}"))

    @property
    def is_higher_education(self) -> bool:
        """Whether the level is a cycle of higher education (5 to 8)."""
        return self >= EqfLevel.SHORT_CYCLE


HIGHER_EDUCATION = (EqfLevel.SHORT_CYCLE, EqfLevel.BACHELOR, EqfLevel.MASTER, EqfLevel.DOCTORATE)

_LABELS = {
    EqfLevel.SHORT_CYCLE: Text("Associate degree (EQF 5)", "Short cycle (EQF 5)"),
    EqfLevel.BACHELOR: Text("Bachelor (EQF 6)", "Bachelor (EQF 6)"),
    EqfLevel.MASTER: Text("Master (EQF 7)", "Master (EQF 7)"),
    EqfLevel.DOCTORATE: Text("Promotie (EQF 8)", "Doctorate (EQF 8)"),
}


def parse_eqf_level(text: str) -> EqfLevel:
    """Read a level written as a number. Raises `InvalidEqfLevel`."""
    candidate = text.strip()
    if len(candidate) != 1 or candidate not in "12345678":
        raise InvalidEqfLevel(text)
    return EqfLevel(int(candidate))
