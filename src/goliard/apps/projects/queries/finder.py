"""Find projects by words."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from goliard.apps.projects.models import Project
from goliard.apps.projects.queries.visible import visible_projects
from goliard.rules.values.folding import fold

_MOST_WORDS = 8


def projects(text: str, *, year: int | None = None, language: str) -> QuerySet[Project, Any]:
    """Return the visible projects in which every word of `text` occurs (project or its country), latest call first, then by title."""
    found = visible_projects()
    for word in fold(text[:200]).split()[:_MOST_WORDS]:
        found = found.filter(Q(search_key__contains=word) | Q(country__search_key__contains=word))
    if year is not None:
        found = found.filter(call__year=year)
    return found.order_by("-call__year", "title_nl" if language.startswith("nl") else "title_en", "pk")


def project_years() -> list[int]:
    """Return the call years that have visible projects, latest first."""
    return list(visible_projects().order_by("-call__year").values_list("call__year", flat=True).distinct())
