"""Exact decimals as scaled integers: 61.5 credits are 6150 hundredths. Databases keep integers, people read decimals."""

from __future__ import annotations

import re
from decimal import Decimal

from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.texts import Text

_NUMBER = re.compile(r"[0-9]{1,6}([.,][0-9]{1,6})?", re.ASCII)


class InvalidNumber(InvalidValue):
    """The text is no decimal number, or has more decimals than are kept."""

    expected = Text("een getal zoals 61,5, zonder eenheid", "a number such as 61.5, without a unit")


def parse_scaled(text: str, places: int) -> int:
    """Read a decimal of at most `places` decimals, with a point or a comma: `parse_scaled("7,25", 3) == 7250`. Raises `InvalidNumber`."""
    candidate = text.strip()
    if not _NUMBER.fullmatch(candidate):
        raise InvalidNumber(text)
    whole, _point, decimals = candidate.replace(",", ".").partition(".")
    if len(decimals.rstrip("0")) > places:
        raise InvalidNumber(text)
    return int(whole + decimals.rstrip("0").ljust(places, "0"))


def unscaled(value: int | None, places: int) -> Decimal | None:
    """Return the decimal of a scaled integer without zeros at its end: `unscaled(6150, 2) == Decimal("61.5")`; `None` stays `None`."""
    if value is None:
        return None
    plain = Decimal(value).scaleb(-places).normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
