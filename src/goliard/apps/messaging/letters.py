"""Fill a letter: which letters there are, which values each may use, and the text that results.

Apps register their letters by calling `letter(...)` in a module of their own; the texts here are those that a new house begins with.
An officer may change them (`LetterTemplate`); a placeholder that the letter does not know is refused when the text is saved.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from goliard.rules.values.texts import Text

_PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
LETTERS: dict[str, Letter] = {}


class UnknownPlaceholder(ValueError):
    """A text uses a placeholder that its letter does not offer, or a value is missing."""

    def __init__(self, names: set[str]) -> None:
        self.names = sorted(names)
        super().__init__(", ".join(self.names))


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter that a use case sends: its key, what it is for, the values it may use, and its first text.

    `secret` names values that open something by themselves, such as a link: nobody reads them but the addressee.
    """

    key: str
    purpose: Text
    values: frozenset[str]
    subject: Text
    body: Text
    secret: frozenset[str] = frozenset()


def letter(*, key: str, purpose: Text, values: set[str], subject: Text, body: Text, secret: frozenset[str] = frozenset()) -> Letter:
    """Register a letter and return it. Raises UnknownPlaceholder when its own text uses what it does not offer."""
    made = Letter(key, purpose, frozenset(values), subject, body, secret)
    for text in (subject.nl, subject.en, body.nl, body.en):
        check_placeholders(text, made)
    LETTERS[key] = made
    return made


def placeholders(text: str) -> set[str]:
    """Return the names that `text` uses."""
    return set(_PLACEHOLDER.findall(text))


def check_placeholders(text: str, of: Letter) -> None:
    """Raise UnknownPlaceholder when `text` uses a name that the letter does not offer."""
    if unknown := placeholders(text) - of.values:
        raise UnknownPlaceholder(unknown)


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return `text` with its values; values are inserted as they are (letters are plain text), and once only."""
    if missing := placeholders(text) - set(values):
        raise UnknownPlaceholder(missing)
    return _PLACEHOLDER.sub(lambda found: values[found.group(1)], text)
