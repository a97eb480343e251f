"""Fold text for search: no accents, no case, single blanks.

SQLite's own case folding knows ASCII only, so lists search a stored key that this function makes, on every database in the same way.
"""

from __future__ import annotations

import unicodedata

# letters that decompose into no base letter under NFKD
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d", "ħ": "h"})


def fold(text: str) -> str:
    """Return `text` in lower case without accents, punctuation as blanks, runs of blanks as one: `fold("Bogotá–Łódź") == "bogota lodz"`."""
    lowered = text.casefold().translate(_LETTERS)
    plain = "".join(char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())


def slug(text: str) -> str:
    """Return `text` folded and joined by hyphens, in ASCII: `slug("United States") == "united-states"`."""
    return "-".join(fold(text).encode("ascii", "ignore").decode().split())
