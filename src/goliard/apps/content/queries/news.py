"""News as visitors find it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goliard.apps.content.choices import PageState
from goliard.apps.content.models import FeaturedProject, NewsItem
from goliard.apps.projects.models import Project
from goliard.apps.projects.queries.visible import for_cards, visible_projects

VISIBLE = (PageState.PUBLISHED, PageState.ARCHIVED)


def news_items() -> QuerySet[NewsItem, Any]:
    """Return the published items with their calls, newest first."""
    return NewsItem.objects.filter(state=PageState.PUBLISHED).select_related("call", "image__file").order_by("-published_on", "slug")


def news_item(slug: str, *, drafts: bool = False) -> NewsItem | None:
    """Return the item at `slug`, archived ones too; a draft only where `drafts` are asked for."""
    items = NewsItem.objects.select_related("call__action__programme", "image__file")
    return (items if drafts else items.filter(state__in=VISIBLE)).filter(slug=slug).first()


def featured_projects(item: NewsItem) -> list[Project]:
    """Return the visible projects that an item shows as examples, in the editor's order, in a fixed number of queries."""
    order = dict(FeaturedProject.objects.filter(item=item).values_list("project_id", "position"))
    projects = for_cards(visible_projects().filter(pk__in=order))
    return sorted(projects, key=lambda project: (order[project.pk], project.pk))
