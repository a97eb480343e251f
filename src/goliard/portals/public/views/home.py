"""The home page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.content.queries.news import news_items
from goliard.apps.content.queries.pages import blocks, pages_below
from goliard.apps.content.queries.quotes import gather_quotes
from goliard.apps.content.texts import to_html
from goliard.apps.funding.queries.public_calls import icm_calls
from goliard.apps.institutions.queries import home_institution
from goliard.apps.institutions.queries.networks import public_networks
from goliard.apps.projects.queries.call_overview import call_overview
from goliard.portals.public.maps import call_map
from goliard.portals.public.quoted import news_cards
from goliard.portals.public.visits import language, public_page, today
from goliard.portals.public.wording import call_figures
from goliard.portals.shared.requests import ActorRequest

INTRODUCTION = "home"
_STANDING = frozenset({"erasmus", "privacy", "accessibility", "data", "icm", "news", "partners", "networks"})


@public_page
def home(request: ActorRequest) -> HttpResponse:
    """Who we are, the latest call on the map, news, networks, and what else the office wrote."""
    institution = home_institution()
    latest = icm_calls().first()
    overview = call_overview(latest, today=today()) if latest else None
    introduction = blocks([INTRODUCTION]).get(INTRODUCTION)
    text = (introduction.body_nl if language() == "nl" else introduction.body_en) if introduction else ""
    return render(
        request,
        "public/home.html",
        {
            "introduction": to_html(text, gather_quotes([text], language=language(), call=latest)) if text else "",
            "call": latest,
            "figures": call_figures(overview) if overview else [],
            "map": call_map(overview.organisations, institution, overview.call.year) if overview and institution else None,
            "news": news_cards(news_items()[:3]),
            "networks": [joined for joined in public_networks(today=today()) if joined.is_current],
            "pages": [page for page in pages_below(None) if page.path not in _STANDING and not page.path.startswith("block/")],
        },
    )
