"""In how many projects organisations are partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from goliard.apps.projects.models import ProjectPartner
from goliard.apps.projects.queries.visible import VISIBLE


def project_counts(organisation_ids: Iterable[int]) -> Counter[int]:
    """Return the number of visible projects by organisation, in one query.

    Visibility is judged here and not in SQL: a database that starts from all visible projects would read thousands for a few partners.
    """
    partners = ProjectPartner.objects.filter(organisation_id__in=list(organisation_ids)).order_by()
    rows = partners.values_list("organisation_id", "project__state", "project__call__is_public")
    return Counter(organisation for organisation, state, is_public in rows if is_public and state in VISIBLE)
