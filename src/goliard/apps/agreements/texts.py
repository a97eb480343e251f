"""Subjects, languages and levels as an office types them in one cell, and back.

`0222 Modern history; 0232` are two subjects, `en B2; fr B1 (0232)` two languages, `6, 7` two EQF levels. Imports, forms and the partner's
page read and write the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from goliard.rules.agreements.copy import Language, Subject
from goliard.rules.values.cefr import parse_cefr_level
from goliard.rules.values.eqf import parse_eqf_level
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Text

_SPLIT = re.compile(r"[;\n]")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?:\s+([A-Ca-c][12]))?(?:\s*\(([0-9]{2,4})\))?")


class InvalidLanguage(InvalidValue):
    """The text is no language with a level."""

    expected = Text("een taalcode met een niveau, zoals «en B2»", "a language code with a level, such as “en B2”")


def parse_subjects(text: str) -> frozenset[Subject]:
    """Read `0222 Modern history; 0232`. Raises InvalidIscedField."""
    found = set()
    for part in _parts(text):
        code, _blank, clarification = part.partition(" ")
        found.add(Subject(parse_isced_field(code).code, clarification.strip()))
    return frozenset(found)


def parse_languages(text: str) -> frozenset[Language]:
    """Read `en B2; fr B1 (0232)`. Raises InvalidLanguage, InvalidCefrLevel."""
    found = set()
    for part in _parts(text):
        match = _LANGUAGE.fullmatch(part)
        if match is None:
            raise InvalidLanguage(part)
        language, level, isced = match.groups()
        found.add(Language(language.lower(), parse_cefr_level(level).value if level else "", isced or ""))
    return frozenset(found)


def parse_levels(text: str) -> frozenset[int]:
    """Read `6, 7` or `67`. Raises InvalidEqfLevel."""
    return frozenset(int(parse_eqf_level(digit)) for digit in re.sub(r"[\s,;/]", "", text))


def written(values: Iterable[object]) -> str:
    """Write subjects or languages as they are read."""
    return "; ".join(str(value) for value in sorted(values, key=str))


def _parts(text: str) -> list[str]:
    return [part for raw in _SPLIT.split(text) if (part := " ".join(raw.split()))]
