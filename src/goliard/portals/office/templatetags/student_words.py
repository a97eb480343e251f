"""Filters for what applicants handed in: texts in both languages, semesters by name."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from goliard.apps.rounds.choices import TermChoice

register = template.Library()


@register.filter
def of_language(text: Mapping[str, str]) -> str:
    """The text in the page's language."""
    return text["nl" if (get_language() or "").startswith("nl") else "en"]


@register.filter
def term_name(term: str) -> str:
    """The semester's name."""
    return str(TermChoice(term).label)


@register.filter
def number_text(number: str | None) -> str:
    """A decimal as the page's language writes it; a dash where it is not known."""
    if number is None:
        return "–"
    return number.replace(".", ",") if (get_language() or "").startswith("nl") else number
