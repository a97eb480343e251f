"""Priorities of the programme and of the institution."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goliard.apps.funding.models import Priority


def priorities() -> QuerySet[Priority, Any]:
    """Return all priorities with the documents that state them: the programme's first, each in the editor's order."""
    return Priority.objects.select_related("document").order_by("-owner", "position")
