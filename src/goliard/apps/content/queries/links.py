"""Links that editors wrote into pages and news."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from goliard.apps.content.choices import PageState
from goliard.apps.content.models import NewsItem, Page

_LINK = re.compile(r"\]\(\s*<?(/[^)\s>]*)")
_LANGUAGE = re.compile(r"^/(nl|en)(?=/)")


def links_within(text: str) -> tuple[str, ...]:
    """Return the addresses within this site to which a text in Markdown leads, once each, without language, question and fragment."""
    paths = (re.split(r"[?#]", match[1])[0] for match in _LINK.finditer(text))
    return tuple(dict.fromkeys(_LANGUAGE.sub("", path) for path in paths if not path.startswith("//")))


def linking_texts() -> Iterator[tuple[Page | NewsItem, tuple[str, ...]]]:
    """Yield every page and news item that is not archived and links within this site, with the addresses, in two queries."""
    pages = Page.objects.exclude(state=PageState.ARCHIVED).order_by("pk")
    items = NewsItem.objects.exclude(state=PageState.ARCHIVED).order_by("pk")
    rows: Iterator[Page | NewsItem] = chain(pages, items)
    for row in rows:
        if links := links_within(f"{row.body_nl}\n{row.body_en}"):
            yield row, links
