"""Typed values out of a TOML mapping, with a sentence for whatever is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from goliard.rules.grants.faults import TableFault

COUNTRY = re.compile(r"[A-Z]{2}")
LARGEST = 1_000_000
EnumType = TypeVar("EnumType", bound=StrEnum)


class Reader:
    """Reads one TOML table, and knows which of its keys nobody asked for. Every method raises `TableFault`."""

    def __init__(self, mapping: Mapping[str, Any], place: str) -> None:
        """`place` names the table in sentences: `figures row 3`."""
        self._mapping, self._place, self._asked = mapping, place, set[str]()

    def fault(self, sentence: str) -> TableFault:
        """A fault at this place."""
        return TableFault(f"{self._place}: {sentence}")

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._mapping

    def is_yes_no(self, key: str) -> bool:
        """Whether the value is a TOML boolean."""
        return isinstance(self._mapping.get(key), bool)

    def text(self, key: str, default: str | None = None) -> str:
        """A text; required unless there is a default."""
        value: str = self._take(key, str, default)
        return value

    def integer(self, key: str) -> int:
        """A whole number from 0 to a million."""
        value: int = self._take(key, int)
        if not 0 <= value <= LARGEST:
            raise self.fault(f"{key} is out of range")
        return value

    def number(self, key: str) -> Decimal:
        """A number from 0 to a million with at most four decimals; yes and no count as 1 and 0."""
        value = Decimal(self._take(key, (int, Decimal)))
        if not value.is_finite() or not 0 <= value <= LARGEST or value != round(value, 4):
            raise self.fault(f"{key} is out of range")
        return value

    def word(self, key: str, kind: type[EnumType]) -> EnumType:
        """One of the words of an enumeration."""
        try:
            return kind(self.text(key))
        except ValueError:
            raise self.fault(f"{key} is none of {', '.join(kind)}") from None

    def yes_no(self, key: str) -> bool:
        """A TOML boolean."""
        value: bool = self._take(key, bool)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when the key is absent."""
        values = self._take(key, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.fault(f"{key} is a list of texts")
        return tuple(values)

    def countries(self, key: str) -> frozenset[str]:
        """A list of country codes, each once."""
        codes = self.texts(key)
        if len(set(codes)) != len(codes) or not all(COUNTRY.fullmatch(code) for code in codes):
            raise self.fault(f"{key} holds a country twice, or something that is no code of two capitals")
        return frozenset(codes)

    def conditions(self, key: str) -> dict[str, str]:
        """An inline table of texts and whole numbers, as texts; empty when the key is absent."""
        values = self._take(key, dict, {})
        if not all(isinstance(value, str | int) and not isinstance(value, bool) for value in values.values()):
            raise self.fault(f"{key} holds texts and whole numbers")
        return {name: str(value) for name, value in values.items()}

    def rows(self, key: str) -> list[Reader]:
        """The tables of an array of tables, none when the key is absent."""
        rows = self._take(key, list, [])
        if not all(isinstance(row, dict) for row in rows):
            raise self.fault(f"{key} is a list of tables")
        return [Reader(row, f"{key}, row {number}") for number, row in enumerate(rows, start=1)]

    def nothing_else(self) -> None:
        """Refuse keys that nobody asked for: a misspelt key must not be ignored."""
        unknown = sorted(set(self._mapping) - self._asked)
        if unknown:
            raise self.fault(f"unknown key {unknown[0]}")

    def _take(self, key: str, kind: type | tuple[type, ...], default: Any = None) -> Any:
        self._asked.add(key)
        value = self._mapping.get(key, default)
        if value is None:
            raise self.fault(f"{key} is lacking")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise self.fault(f"{key} has a value of the wrong kind")
        return value
