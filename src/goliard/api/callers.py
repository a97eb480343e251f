"""Who asks: the token in the `Authorization` header, how often it may ask, and the door of each operation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.timezone import localdate

from goliard.api.problems import Problem, forbidden
from goliard.apps.accounts.actors import actor_for_token
from goliard.apps.accounts.models import ApiToken
from goliard.apps.accounts.services.api_tokens import open_api_token
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Text

WRONG_TRIES, PER_SECONDS = 30, 600  # of wrong tokens from one address, before it waits
MINUTE = 60
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="Goliard"'}


@dataclass(frozen=True, slots=True)
class Caller:
    """The token that asks and the actor that it is."""

    token: ApiToken
    actor: Actor


class ApiRequest(HttpRequest):
    """A request behind the entrance."""

    caller: Caller
    asked_at: datetime


def caller_of(request: HttpRequest, now: datetime) -> Caller:
    """Return who asks. Raises Problem: 401 without a token that works, 429 for one that asks too often."""
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        said = Text("Stuur een token mee: Authorization: Bearer …", "Send a token: Authorization: Bearer …")
        raise Problem(401, "token-missing", said, headers=CHALLENGE)
    token = open_api_token(secret=secret.strip(), now=now)
    actor = None if token is None else actor_for_token(token, localdate(now))
    if token is None or actor is None or not actor.grants:
        _slow_down(f"api-wrong:{request.META.get('REMOTE_ADDR', '')}", WRONG_TRIES, PER_SECONDS)
        said = Text("Dit token opent niets: onbekend, verlopen of ingetrokken.", "This token opens nothing: unknown, expired or revoked.")
        raise Problem(
            401, "token-refused", said, headers={**CHALLENGE, "WWW-Authenticate": 'Bearer realm="Goliard", error="invalid_token"'}
        )
    _slow_down(f"api-token:{token.pk}", settings.GOLIARD_API_PER_MINUTE, MINUTE)
    return Caller(token, actor)


def _slow_down(counter: str, most: int, seconds: int) -> None:
    """Count one request; raise Problem 429 beyond `most` in `seconds`. Each process of the server counts for itself."""
    cache.add(counter, 0, seconds)
    try:
        count = cache.incr(counter)
    except ValueError:  # it lapsed between the two lines
        return
    if count > most:
        said = Text(
            f"Meer dan {most} verzoeken in {seconds} seconden: wacht even.",
            f"More than {most} requests in {seconds} seconds: wait a little.",
        )
        raise Problem(429, "too-many-requests", said, headers={"Retry-After": str(seconds)})


class Token:
    """The door of an operation: a token whose role the policy admits, and that may write where the operation does."""

    openapi_security_schema = {"type": "http", "scheme": "bearer"}

    def __init__(self, policy: Callable[[Actor], bool], *, writes: bool = False) -> None:
        self.policy, self.writes = policy, writes

    def __call__(self, request: ApiRequest) -> Caller:
        """Let the caller in, or raise Problem 403."""
        if self.writes and not request.caller.token.may_write:
            raise forbidden(Text("Dit token leest alleen.", "This token only reads."), "token-reads-only")
        if not self.policy(request.caller.actor):
            raise forbidden(Text("De rol van dit token mag dit niet.", "The role of this token may not do this."), "role-refused")
        return request.caller
