"""The entrance of a partner's page: the secret in the address is the key, and guessing is made slow."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from goliard.apps.agreements.services.partner_links import open_partner_link
from goliard.portals.shared.doors import anyone

TRIES = 30
PER_SECONDS = 600
View = Callable[..., HttpResponse]
L = TypeVar("L")


def by_link(view: Callable[..., HttpResponse]) -> View:
    """Open the view with the link that the address's secret stands for; otherwise show one page that tells nothing of what exists.

    A visitor who tries too many wrong secrets waits. Nothing of the page is kept by caches; the
    site's referrer policy keeps the address from other sites.
    """

    @wraps(view)
    def opened(request: HttpRequest, secret: str, **kwargs: Any) -> HttpResponse:
        return guarded(
            request, lambda: open_partner_link(secret=secret, now=timezone.now()), lambda link: view(request, link, secret, **kwargs)
        )

    opened.door = anyone  # type: ignore[attr-defined]
    return opened


def guarded(request: HttpRequest, find: Callable[[], L | None], show: Callable[[L], HttpResponse]) -> HttpResponse:
    """Show what a found link opens, or the page that tells nothing; a visitor who tries too many wrong secrets waits."""
    visitor = f"partner-link:{request.META.get('REMOTE_ADDR', '')}"
    if cache.get(visitor, 0) >= TRIES:
        return _private(render(request, "partner/closed.html", status=429))
    link = find()
    if link is None:
        cache.add(visitor, 0, PER_SECONDS)
        cache.incr(visitor)
        return _private(render(request, "partner/closed.html", status=404))
    return _private(show(link))


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
