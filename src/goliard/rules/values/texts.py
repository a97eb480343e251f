"""Sentences in both languages, and the reasons that every decision returns.

Rules know no gettext: a rule that refuses, pays or places writes its sentence twice, in Dutch and in English,
and screens, letters and appeals print the same one.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in Dutch and in English."""

    nl: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the Dutch sentence for `nl` (and `nl-…`), the English one for every other language."""
        return self.nl if language.lower().startswith("nl") else self.en


@dataclass(frozen=True, slots=True)
class Reason:
    """Why: the rule's identifier, the sentence, its source (an id or a document), and the field it concerns (empty for none)."""

    rule: str
    because: Text
    source: str = ""
    field: str = ""
