"""News."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.content.models import NewsItem
from goliard.apps.content.queries.news import VISIBLE, featured_projects, news_item, news_items
from goliard.portals.public.quoted import news_cards, written
from goliard.portals.public.visits import found, public_page, sees_drafts
from goliard.portals.shared.requests import ActorRequest

PER_PAGE = 20


@public_page
def items(request: ActorRequest) -> HttpResponse:
    """All items, newest first."""
    page = Paginator(news_items(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "public/news.html", {"page": page, "cards": news_cards(page.object_list)})


@public_page
def item(request: ActorRequest, slug: str) -> HttpResponse:
    """One item, its numbers from the linked call, with the projects that the editor chose, in the editor's order."""
    drafts = sees_drafts(request)
    shown: NewsItem = found(news_item(slug, drafts=drafts))
    context = {
        "item": shown,
        "text": written(shown, shown.call, show_faults=drafts),
        "featured": featured_projects(shown),
        "is_draft": shown.state not in VISIBLE,
    }
    return render(request, "public/news_item.html", context)
