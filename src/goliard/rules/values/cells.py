"""Cells of exported tables that a spreadsheet must not run."""

from __future__ import annotations

_COMMANDS = ("=", "+", "-", "@", "\t", "\r")


def harmless(value: object) -> str:
    """Return `value` as text, with an apostrophe in front where a spreadsheet would read a text as a formula; numbers stay numbers.

    A text that already looks like the result gets one more apostrophe, so that `unharmed` gives every text back.
    """
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.lstrip("'").startswith(_COMMANDS) else text


def unharmed(text: str) -> str:
    """Undo `harmless`: `'=1+1` becomes `=1+1`; every other text stays as it is."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_COMMANDS) else text
