"""Alphabetical order as Dutch and English readers expect it.

Follows the root order of the Unicode collation algorithm (CLDR), which Dutch and English share: letters first, then accents, then capitals.
So É stands with E and before F, Å with A, ø with o, IJ as I and J; spaces and punctuation come before digits, digits before letters. What
differs between the languages is the words: order the names of the language that the reader sees.
"""

from __future__ import annotations

import unicodedata

# letters without a canonical decomposition: base letters and the mark that tells them apart
_LETTERS = {
    "ß": "ss",
    "ø": "o\u0338",
    "đ": "d\u0335",
    "ł": "l\u0335",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "þ": "th",
    "ð": "d\u0336",
    "ħ": "h\u0335",
}
_SPREAD = str.maketrans(_LETTERS | {key.upper(): value.upper() for key, value in _LETTERS.items() if len(key.upper()) == 1})

SortKey = tuple[str, str, str, str]


def sort_key(text: str) -> SortKey:
    """Return a key that sorts `text` alphabetically: letters, then accents, then case (small letters first), then the text itself."""
    letters: list[str] = []
    accents: list[str] = []
    cases: list[str] = []
    for char in unicodedata.normalize("NFKD", text.strip().translate(_SPREAD)):
        if unicodedata.combining(char):
            if accents:
                accents[-1] += char
            continue
        letters.append(_weight(char))
        accents.append(" ")
        cases.append("1" if char.isupper() else "0")
    return "".join(letters), "".join(accents), "".join(cases), text


def _weight(char: str) -> str:
    if char.isspace():
        return "\x01"
    if char.isdigit():
        return f"\x03{char}"
    return char.casefold() if char.isalpha() else f"\x02{char}"
