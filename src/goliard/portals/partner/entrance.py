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
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from goliard.apps.agreements.models import PartnerLink
from goliard.apps.agreements.services.partner_links import open_partner_link
from goliard.apps.agreements.services.partner_words import record_refusal
from goliard.apps.institutions.refusals import Refused
from goliard.portals.shared.doors import anyone
from goliard.rules.values.texts import Reason, Text

TRIES = 30
MOST_BYTES = 256 * 1024  # of what a partner sends: a comment, and numbers for a hundred conditions
PER_SECONDS = 600
View = Callable[..., HttpResponse]
L = TypeVar("L")


def by_link(view: Callable[..., HttpResponse]) -> View:
    """Open the view with the link that the address's secret stands for; otherwise show one page that tells nothing of what exists.

    A visitor who tries too many wrong secrets waits. What is far too large is refused before it is read, and noted in the journal; the
    check against forged requests comes after that, for it reads all that is sent. Nothing of the page is kept by caches; the site's
    referrer policy keeps the address from other sites.
    """
    protected = csrf_protect(view)

    def shown(request: HttpRequest, link: PartnerLink, secret: str, **kwargs: Any) -> HttpResponse:
        if _size(request) > MOST_BYTES:
            record_refusal(link=link, refused=TOO_LARGE, now=timezone.now())
            return render(request, "partner/too_large.html", status=413)
        return protected(request, link, secret, **kwargs)

    @csrf_exempt  # only until the size is known: `protected` checks it
    @wraps(view)
    def opened(request: HttpRequest, secret: str, **kwargs: Any) -> HttpResponse:
        return guarded(
            request, lambda: open_partner_link(secret=secret, now=timezone.now()), lambda link: shown(request, link, secret, **kwargs)
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


TOO_LARGE = Refused([Reason("too-large", Text("Te veel in één keer.", "Too much at once."))])


def _size(request: HttpRequest) -> int:
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if str(said).isdecimal() and len(str(said)) < 20 else MOST_BYTES + 1


def _private(response: HttpResponse) -> HttpResponse:
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
