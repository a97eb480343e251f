"""The request as views see it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from goliard.rules.access.actor import Actor


class ActorRequest(HttpRequest):
    """A request after the middleware: who asks, and whether htmx asks for a part of a page."""

    actor: Actor
    htmx: HtmxDetails
