"""Search over the whole site."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.content.queries.search import found_news, found_pages
from goliard.apps.institutions.queries.partners import Wanted, partners
from goliard.apps.projects.queries.finder import projects
from goliard.apps.projects.queries.visible import for_cards
from goliard.portals.public.quoted import news_cards
from goliard.portals.public.visits import asked_for, language, public_page
from goliard.portals.shared.requests import ActorRequest

MOST = 10


@public_page
def search(request: ActorRequest) -> HttpResponse:
    """Pages, news, projects and partners in which every word occurs: the first few of each, with the way to all."""
    text = asked_for(request, "q")
    context = {
        "q": text,
        "pages": found_pages(text, language=language())[:MOST] if text else [],
        "news": news_cards(found_news(text, language=language())[:MOST]) if text else [],
        "projects": for_cards(projects(text, language=language())[:MOST]) if text else [],
        "partners": partners(Wanted(text=text), language=language())[:MOST] if text else [],
    }
    return render(request, "public/search.html", context)
