"""Pages and blocks as visitors find them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from goliard.apps.content.choices import PageState
from goliard.apps.content.models import Page

VISIBLE = (PageState.UNDER_CONSTRUCTION, PageState.PUBLISHED, PageState.ARCHIVED)
BLOCK = "block/"


def page_at(path: str, *, drafts: bool = False) -> Page | None:
    """Return the page at `path` with its cover and parent; a draft only where `drafts` are asked for, a block never."""
    pages = Page.objects.select_related("cover__file", "parent__parent").exclude(path__startswith=BLOCK)
    return (pages if drafts else pages.filter(state__in=VISIBLE)).filter(path=path).first()


def pages_below(page: Page | None) -> QuerySet[Page, Any]:
    """Return the visible pages right below `page` in the editor's order; archived ones are not offered."""
    return Page.objects.filter(parent=page, state__in=(PageState.PUBLISHED, PageState.UNDER_CONSTRUCTION)).order_by("position", "path")


def block(path: str) -> Page | None:
    """Return the published block `block/<path>` that other pages show, or None."""
    return Page.objects.filter(path=f"{BLOCK}{path}", state=PageState.PUBLISHED).first()


def blocks(paths: Iterable[str]) -> dict[str, Page]:
    """Return the published blocks by the part of their path behind `block/`, in one query."""
    found = Page.objects.filter(path__in=[f"{BLOCK}{path}" for path in paths], state=PageState.PUBLISHED)
    return {page.path.removeprefix(BLOCK): page for page in found}


def sitemap_pages() -> QuerySet[Page, Any]:
    """Return what search engines may list: published pages that are no blocks."""
    return Page.objects.filter(state=PageState.PUBLISHED).exclude(path__startswith=BLOCK).order_by("path")
