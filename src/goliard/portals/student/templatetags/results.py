"""The result of an application as a card of other screens."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils import timezone

from goliard.apps.applications.models import Application
from goliard.apps.placement.queries.results import result_of

register = template.Library()


@register.inclusion_tag("student/result_card.html")
def result_card(application: Application) -> dict[str, Any]:
    """What came of the application, with the way to answer; nothing before the results are known."""
    return {"result": result_of(application, timezone.now()), "application": application, "round": application.round}
