"""The result of an application as a card of other screens."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

from goliard.apps.applications.models import Application
from goliard.apps.placement.queries.results import result_of

register = template.Library()


@register.inclusion_tag("student/result_card.html", takes_context=True)
def result_card(context: Context, application: Application) -> dict[str, Any]:
    """What came of the application, with the way to answer; nothing before the results are known."""
    shown = {"result": result_of(application, timezone.now()), "application": application, "round": application.round}
    return {**shown, "request": context["request"]}  # the addresses are those of the page's audience
