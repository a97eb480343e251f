"""Search in what the office writes.

Pages and news are few, so their words are folded here instead of in a stored key.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from goliard.apps.content.choices import PageState
from goliard.apps.content.models import NewsItem, Page
from goliard.apps.content.queries.pages import BLOCK
from goliard.rules.values.folding import fold

T = TypeVar("T", NewsItem, Page)


def found_pages(text: str, *, language: str) -> list[Page]:
    """Return the published pages in whose words (in `language`) every word of `text` occurs; those with it in the title come first."""
    pages = Page.objects.filter(state__in=(PageState.PUBLISHED, PageState.UNDER_CONSTRUCTION)).exclude(path__startswith=BLOCK)
    return _ranked(pages, text, language)


def found_news(text: str, *, language: str) -> list[NewsItem]:
    """Return the published news in which every word of `text` occurs, titles first, then the newest."""
    return _ranked(NewsItem.objects.filter(state=PageState.PUBLISHED).order_by("-published_on", "slug"), text, language)


def _ranked(things: Iterable[T], text: str, language: str) -> list[T]:
    words = fold(text).split()
    suffix = "nl" if language.startswith("nl") else "en"
    ranked = []
    for thing in things:
        title = fold(getattr(thing, f"title_{suffix}"))
        body = fold(" ".join(getattr(thing, f"{field}_{suffix}") for field in ("summary", "body")))
        if words and all(word in title or word in body for word in words):
            ranked.append((-sum(word in title for word in words), thing))
    return [thing for _rank, thing in sorted(ranked, key=lambda pair: pair[0])]
