"""ISCED-F 2013: fields of education, in codes of two (broad), three (narrow) or four (detailed) digits."""

from __future__ import annotations

from dataclasses import dataclass

from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.isced_fields import FIELDS
from goliard.rules.values.texts import Text

_NOT_FURTHER_DEFINED = Text("niet nader omschreven", "not further defined")
_INTERDISCIPLINARY = Text("interdisciplinair", "inter-disciplinary programmes")
_NOT_ELSEWHERE = Text("niet elders ingedeeld", "not elsewhere classified")
_ENDINGS = {"0": _NOT_FURTHER_DEFINED, "8": _INTERDISCIPLINARY, "9": _NOT_ELSEWHERE}


class InvalidIscedField(InvalidValue):
    """The text is no ISCED-F code."""

    expected = Text("een ISCED-F-code van 2013, zoals 0421 (rechten)", "an ISCED-F 2013 code, such as 0421 (law)")


class InvalidDetailedIscedField(InvalidIscedField):
    """The text is no ISCED-F code of four digits."""

    expected = Text("een ISCED-F-code van vier cijfers, zoals 0421 (rechten)", "an ISCED-F code of four digits, such as 0421 (law)")


@dataclass(frozen=True, slots=True, order=True)
class IscedField:
    """A field of education. Make it with `parse_isced_field`; `code` has two, three or four digits, leading zero included."""

    code: str

    def __str__(self) -> str:
        return self.code

    @property
    def name(self) -> Text:
        """The field's name; for residual codes the wider field's name and what is left open (`Law, not further defined`)."""
        known = FIELDS.get(self.code)
        if known is not None:
            return known
        wider = self._wider()
        ending = _ENDINGS[self.code[-1]]
        return Text(f"{wider.nl}, {ending.nl}", f"{wider.en}, {ending.en}")

    def covers(self, other: IscedField) -> bool:
        """Whether `other` is this field or lies within it (`04` covers `0421`; so does `0400`, which leaves it open)."""
        return other.code.startswith(self._stem())

    def _stem(self) -> str:
        """The code without the zeros that leave a narrower field open."""
        if self.code[2:] in {"0", "00"}:
            return self.code[:2]
        return self.code[:3] if self.code[3:] == "0" else self.code

    def _wider(self) -> Text:
        return FIELDS.get(self.code[:3]) or FIELDS[self.code[:2]]


def _exists(code: str) -> bool:
    if code in FIELDS:
        return True
    if len(code) == 4:
        return (code[:3] in FIELDS and code[3] in "09") or (code[:2] in FIELDS and code[2:] in {"00", "88", "99"})
    return len(code) == 3 and code[:2] in FIELDS and code[2] in "089"


def parse_isced_field(text: str) -> IscedField:
    """Read a code of two, three or four digits that the classification holds, residual codes included. Raises `InvalidIscedField`.

    Source: UNESCO, ISCED Fields of Education and Training 2013.
    """
    code = text.strip()
    if not code.isascii() or not code.isdigit() or not _exists(code):
        raise InvalidIscedField(text)
    return IscedField(code)


def parse_detailed_isced_field(text: str) -> IscedField:
    """Read a code of exactly four digits, as agreements and nominations on the network need it. Raises `InvalidDetailedIscedField`."""
    try:
        field = parse_isced_field(text)
    except InvalidIscedField:
        raise InvalidDetailedIscedField(text) from None
    if len(field.code) != 4:
        raise InvalidDetailedIscedField(text)
    return field
