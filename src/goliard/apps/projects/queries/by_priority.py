"""Which projects serve which priority."""

from __future__ import annotations

from collections import defaultdict

from goliard.apps.projects.models import ProjectPriority
from goliard.apps.projects.queries.visible import VISIBLE


def projects_by_priority() -> dict[int, list[ProjectPriority]]:
    """Return, by the priority's primary key, how visible projects serve it: latest call first, in one query."""
    rows = (
        ProjectPriority.objects.filter(project__state__in=VISIBLE, project__call__is_public=True)
        .select_related("project__call", "project__country")
        .order_by("-project__call__year", "project__title_en", "pk")
    )
    found: dict[int, list[ProjectPriority]] = defaultdict(list)
    for row in rows:
        found[row.priority_id].append(row)
    return dict(found)
