"""Students read the words that were written for them, and not those of another portal that says the same in English."""

from __future__ import annotations

from pathlib import Path

from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import gettext, ngettext, npgettext, pgettext

import goliard.portals.student

CATALOGUE = Path(goliard.portals.student.__file__).parent / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def test_no_other_catalogue_speaks_in_the_students_place() -> None:
    """Equal English in two apps needs a context (`{% translate "…" context "student" %}`) where the Dutch differs, such as *je* and *u*."""
    with CATALOGUE.open("rb") as stream:
        entries = [entry for entry in read_po(stream) if entry.id]
    with translation.override("nl"):
        wrong = [(entry.id, said, entry.string) for entry in entries if (said := _said(entry.id, entry.context)) != _first(entry.string)]
    assert wrong == []


def _said(words: str | tuple[str, ...], context: str | None) -> str:
    if isinstance(words, tuple):
        return npgettext(context, words[0], words[1], 1) if context else ngettext(words[0], words[1], 1)
    return pgettext(context, words) if context else gettext(words)


def _first(text: str | tuple[str, ...]) -> str:
    return text[0] if isinstance(text, tuple) else text
