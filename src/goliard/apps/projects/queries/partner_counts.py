"""In how many projects organisations are partners."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count

from goliard.apps.projects.models import ProjectPartner
from goliard.apps.projects.queries.visible import VISIBLE


def project_counts(organisation_ids: Iterable[int]) -> dict[int, int]:
    """Return the number of visible projects by organisation, in one query; organisations without any are absent."""
    rows = ProjectPartner.objects.filter(
        organisation_id__in=list(organisation_ids), project__state__in=VISIBLE, project__call__is_public=True
    )
    return dict(rows.order_by().values_list("organisation_id").annotate(Count("project", distinct=True)))
