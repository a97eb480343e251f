"""Subjects, languages, levels and days of an agreement in the language of the page."""

from __future__ import annotations

from datetime import date

from django.conf.locale import LANG_INFO
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from goliard.rules.values.eqf import parse_eqf_level
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.isced import parse_isced_field
from goliard.rules.values.texts import Text

_OWN = {"no": Text("Noors", "Norwegian"), "zh": Text("Chinees", "Chinese")}  # Django names their written forms only


def subject_name(code: str, language: str) -> str:
    """Return `Law` for 0421; the code itself where it is none."""
    try:
        return parse_isced_field(code).name.in_language(language)
    except InvalidValue:
        return code


def language_name(code: str) -> str:
    """Return `German` for de, in the language of the page; the code itself where no name is known."""
    if code in _OWN:
        return _OWN[code].in_language(get_language() or "en")
    name = LANG_INFO.get(code, {}).get("name", "")
    return gettext(name) if name else code


def level_name(digit: str, language: str) -> str:
    """Return `Bachelor (EQF 6)`; the digit itself where it is no level."""
    try:
        return parse_eqf_level(digit).label.in_language(language)
    except InvalidValue:
        return digit


def day_of_year(text: str) -> str:
    """Return `15 April` for 04-15; the text itself where it is no day."""
    try:
        return date_format(date.fromisoformat(f"2024-{text}"), "j F")
    except ValueError:
        return text
