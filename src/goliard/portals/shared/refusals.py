"""The pages for what does not exist, is not allowed or went wrong, in both languages."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The visitor is known, and may not see this."""
    return render(request, "shared/403.html", status=403)


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came without the token that proves that it is ours; a part of a page gets a token that is, and may try again."""
    if request.headers.get("HX-Request") == "true":
        return render(request, "shared/expired_part.html")
    return render(request, "shared/expired.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing stands at this address."""
    return render(request, "shared/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Something failed: a page that needs neither database nor session, in the language of the address."""
    return render(None, "shared/500.html", {"dutch": (get_language() or request.path).strip("/").startswith("nl")}, status=500)
