"""The home page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.content.queries.news import news_items
from goliard.apps.content.queries.pages import blocks, pages_below
from goliard.apps.content.queries.quotes import gather_quotes
from goliard.apps.content.texts import to_html
from goliard.apps.funding.queries.public_calls import icm_calls
from goliard.apps.institutions.queries.networks import current_networks
from goliard.apps.projects.queries.call_numbers import numbers_of_call
from goliard.apps.projects.queries.call_overview import partners_of_call
from goliard.portals.public.maps import call_map
from goliard.portals.public.quoted import news_cards
from goliard.portals.public.visits import language, public_page, today
from goliard.portals.public.wording import call_figures
from goliard.portals.shared.context import home_of
from goliard.portals.shared.requests import ActorRequest

INTRODUCTION = "home"
_STANDING = frozenset({"erasmus", "privacy", "accessibility", "data", "icm", "news", "partners", "networks", "documents"})


@public_page
def home(request: ActorRequest) -> HttpResponse:
    """Who we are, the latest call on the map, news, networks, and what else the office wrote."""
    institution = home_of(request)
    latest = icm_calls().first()
    partners = partners_of_call(latest) if latest else []
    introduction = blocks([INTRODUCTION]).get(INTRODUCTION)
    text = (introduction.body_nl if language() == "nl" else introduction.body_en) if introduction else ""
    return render(
        request,
        "public/home.html",
        {
            "introduction": to_html(text, gather_quotes([text], language=language(), call=latest)) if text else "",
            "call": latest,
            "figures": call_figures(latest, numbers_of_call(latest)) if latest else [],
            "map": call_map(partners, institution, latest.year) if latest and institution and partners else None,
            "news": news_cards(news_items()[:3]),
            "networks": current_networks(today=today()),
            "pages": [page for page in pages_below(None) if page.path not in _STANDING and not page.path.startswith("block/")],
        },
    )
