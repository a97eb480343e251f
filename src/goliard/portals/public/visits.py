"""What every public page shares: anyone may open it, and caches ask whether it is still the same before they show it again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from goliard.portals.shared.doors import View, anyone, door
from goliard.portals.shared.requests import ActorRequest


def public_page(view: View) -> View:
    """Open `view` to anyone, for reading only; browsers keep it and revalidate it by its ETag, so that an edit shows at once."""
    return door(anyone)(cache_control(no_cache=True)(require_safe(view)))


def sees_drafts(request: ActorRequest) -> bool:
    """Whether the visitor works in the office, and so sees what is not published yet at the address where it will stand."""
    return request.actor.reads_office


def language() -> str:
    """The language of this page, `nl` or `en`."""
    return get_language() or "en"


def today() -> date:
    """The day on which memberships, roles and units are judged."""
    return localdate()


def asked_for(request: HttpRequest, name: str) -> str:
    """Return what the visitor asks for in the address: one line without control characters, which a database would refuse."""
    return "".join(char for char in request.GET.get(name, "")[:200] if char.isprintable()).strip()


def found(thing: Any) -> Any:
    """Return `thing`, or show the page that says that nothing stands at this address."""
    if thing is None:
        raise Http404
    return thing
