"""Priorities of the programme and of the institution."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goliard.apps.funding.choices import PriorityOwner
from goliard.apps.funding.models import Priority
from goliard.rules.values.texts import Text


def priorities() -> QuerySet[Priority, Any]:
    """Return all priorities with the documents that state them: the programme's first, each in the editor's order."""
    return Priority.objects.select_related("document").order_by("-owner", "position")


def programme_priorities() -> list[Priority]:
    """Return the priorities of the programme, which every proposal answers one by one, in the editor's order."""
    return list(Priority.objects.filter(owner=PriorityOwner.PROGRAMME).order_by("position", "pk"))


def unanswered(demanded: list[Priority], answered: set[int]) -> tuple[Text, ...]:
    """Return the titles of those of which a proposal says nothing."""
    return tuple(Text(each.title_nl, each.title_en) for each in demanded if each.pk not in answered)
