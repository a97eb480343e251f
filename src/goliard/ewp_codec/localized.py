"""A text in a language: names, descriptions and web addresses come in several."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text with the language it is in (`nl`, `ru-Latn`), empty where nobody said."""

    text: str
    language: str = ""
