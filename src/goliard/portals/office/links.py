"""Links of pages and news that lead nowhere within this site."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from django.urls import Resolver404, resolve
from django.utils.translation import override

from goliard.apps.content.queries.links import linking_texts
from goliard.apps.content.queries.news import news_item
from goliard.apps.content.queries.pages import page_at
from goliard.apps.funding.queries.public_calls import icm_call
from goliard.apps.institutions.queries.networks import public_network_keys
from goliard.apps.institutions.queries.partners import public_organisation
from goliard.apps.institutions.usage import told
from goliard.apps.projects.queries.visible import visible_projects
from goliard.portals.office.attention.lines import Line, address_of

EXISTS: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "call": lambda parts: icm_call(parts["year"]) is not None,
    "call-country": lambda parts: icm_call(parts["year"]) is not None,
    "network": lambda parts: parts["key"] in public_network_keys(),
    "news-item": lambda parts: news_item(parts["slug"]) is not None,
    "page": lambda parts: page_at(parts["path"]) is not None,
    "partner": lambda parts: public_organisation(parts["key"]) is not None,
    "project": lambda parts: visible_projects().filter(key=parts["key"]).exists(),
}


def broken_links() -> Iterator[Line]:
    """Yield each page and news item that links to an address where nothing stands for visitors, with those addresses.

    Every address is looked up once. Addresses of other sites are not asked: this house calls nobody.
    """
    leads = cache(leads_somewhere)
    for row, links in linking_texts():
        if broken := [link for link in links if not leads(link)]:
            yield Line(told(row), address_of(row), "; ".join(broken))


def leads_somewhere(path: str) -> bool:
    """Whether a visitor finds something at `path`, written without its language."""
    slashed = path if path.endswith("/") or "." in path.rsplit("/", 1)[-1] else f"{path}/"
    try:
        with override("en"):  # addresses resolve in the active language only
            found = resolve(f"/en{slashed}")
    except Resolver404:
        return False
    check = EXISTS.get(found.url_name or "") if found.app_name == "public" else None
    return check is None or check(found.kwargs)
