"""The two languages of every page: the same path behind another prefix."""

from __future__ import annotations

LANGUAGES = {"nl": "Nederlands", "en": "English"}


def other_language(language: str) -> str:
    """Return `en` for `nl`, and `nl` for every other."""
    return "en" if language.startswith("nl") else "nl"


def path_in_language(path: str, language: str) -> str:
    """Return `path` (with its query) behind the prefix of `language`: `/en/icm/?q=a` becomes `/nl/icm/?q=a`.

    A path without a language prefix leads to the language's home page.
    """
    prefix, rest = path[:4], path[4:]
    return f"/{language}/{rest}" if prefix in {f"/{code}/" for code in LANGUAGES} else f"/{language}/"
