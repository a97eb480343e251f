"""Who asks: every request gets an actor, and with it the day on which roles were judged."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.timezone import localdate

from goliard.apps.accounts.actors import actor_for
from goliard.apps.accounts.second_factor import withhold
from goliard.rules.access.actor import ANONYMOUS, Actor


class ActorMiddleware:
    """Sets `request.actor`, read from the database only when a view, a policy or a template asks for it.

    Cost: none for a visitor without a session; for an account one query for its roles, one more for a scope of units,
    and one more where a role needs a second factor.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Hand the request on, with its actor."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return ANONYMOUS
    return withhold(actor_for(request.user, localdate()), request.user)
