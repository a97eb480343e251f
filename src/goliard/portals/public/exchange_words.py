"""Subjects, languages, levels and days of an agreement in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils.formats import date_format

from goliard.rules.values.eqf import parse_eqf_level
from goliard.rules.values.invalid_value import InvalidValue
from goliard.rules.values.isced import parse_isced_field


def subject_name(code: str, language: str) -> str:
    """Return `Law` for 0421; the code itself where it is none."""
    try:
        return parse_isced_field(code).name.in_language(language)
    except InvalidValue:
        return code


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
