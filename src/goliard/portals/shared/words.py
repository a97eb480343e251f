"""Sentences of the rules in the page's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

from goliard.rules.values.texts import Reason


def sentences(reasons: Iterable[Reason]) -> list[str]:
    """Return each reason's sentence."""
    language = get_language() or "en"
    return [reason.because.in_language(language) for reason in reasons]
