"""What machines ask for: the map of the site with both languages of each page, and what robots may read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from goliard.apps.agreements.queries.destinations import destination_keys, destinations, open_conditions
from goliard.apps.content.queries.news import news_items
from goliard.apps.content.queries.pages import sitemap_pages
from goliard.apps.funding.queries.public_calls import icm_calls
from goliard.apps.institutions.queries.networks import public_network_keys
from goliard.apps.institutions.queries.partners import public_partners
from goliard.apps.placement.queries.reports import reported_rounds
from goliard.apps.projects.queries.call_overview import partners_of_call
from goliard.apps.projects.queries.visible import visible_projects
from goliard.portals.public.visits import public_page, today
from goliard.portals.shared.languages import LANGUAGES
from goliard.portals.shared.requests import ActorRequest

STANDING = (
    "home",
    "icm",
    "partners",
    "destinations",
    "projects",
    "networks",
    "erasmus",
    "news",
    "privacy",
    "accessibility",
    "data",
    "documents",
    "placements",
)
OWN_ADDRESS = frozenset({"erasmus", "privacy", "accessibility", "data", "documents"})  # pages whose text stands at one of those


@public_page
def sitemap(request: ActorRequest) -> HttpResponse:
    """Every public page, once a language, each with its address in the other."""
    urls = [{code: _absolute(request, route, args, code) for code in LANGUAGES} for route, args in _pages()]
    entries = [(versions[code], versions) for versions in urls for code in LANGUAGES]
    return render(request, "public/sitemap.xml", {"entries": entries}, content_type="application/xml")


@public_page
def robots(request: ActorRequest) -> HttpResponse:
    """Robots may read the public site; the office and the sign-in are nothing for them."""
    lines = ["User-agent: *", *(f"Disallow: /{code}/{part}/" for code in LANGUAGES for part in ("office", "account", "search"))]
    lines.append(f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


def _pages() -> Iterable[tuple[str, Sequence[object]]]:
    """Yield the route and arguments of every public page."""
    yield from ((name, []) for name in STANDING)
    for call in icm_calls():
        yield "call", [call.year]
        slugs = {organisation.country.slug for organisation in partners_of_call(call)}
        yield from (("call-country", [call.year, slug]) for slug in sorted(slugs))
    yield from (("project", [key]) for key in visible_projects().order_by("key").values_list("key", flat=True))
    yield from (("partner", [key]) for key in public_partners().order_by("key").values_list("key", flat=True))
    reached = destinations(destination_keys(open_conditions(today())), language="en")
    yield from (("destination", [key]) for key in reached.order_by("key").values_list("key", flat=True))
    yield from (("network", [key]) for key in public_network_keys())
    yield from (("placement", [key]) for key in reported_rounds().values_list("key", flat=True))
    yield from (("news-item", [item.slug]) for item in news_items())
    yield from (("page", [page.path]) for page in sitemap_pages() if page.path not in OWN_ADDRESS)


def _absolute(request: HttpRequest, route: str, args: Sequence[object], code: str) -> str:
    with override(code):
        return request.build_absolute_uri(reverse(f"public:{route}", args=args))
