"""Which projects the public sees."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from goliard.apps.projects.choices import ProjectState
from goliard.apps.projects.models import Project, ProjectHomeUnit, ProjectPartner

VISIBLE = (ProjectState.PUBLISHED, ProjectState.ARCHIVED)


def visible_projects() -> QuerySet[Project, Any]:
    """Return published and archived projects of public calls."""
    return Project.objects.filter(state__in=VISIBLE, call__is_public=True)


def for_cards(projects: QuerySet[Project, Any]) -> QuerySet[Project, Any]:
    """Add what a card of a project prints, in a fixed number of queries: call, country, partners with their country, home units."""
    partners = ProjectPartner.objects.select_related("organisation__country").order_by("position", "pk")
    units = ProjectHomeUnit.objects.select_related("unit").order_by("position", "pk")
    return projects.select_related("call__action", "country").prefetch_related(
        Prefetch("partners", partners), Prefetch("home_units", units)
    )


def projects_with(organisation_id: int) -> QuerySet[Project, Any]:
    """Return the visible projects in which an organisation is a partner, latest call first."""
    return visible_projects().filter(partners__organisation_id=organisation_id).order_by("-call__year", "title_en", "pk")


def projects_in(call_id: int, country_id: int) -> QuerySet[Project, Any]:
    """Return the visible projects of a call that are about a country or have a partner there."""
    here = Q(partners__organisation__country_id=country_id) | Q(country_id=country_id)
    return visible_projects().filter(here, call_id=call_id).distinct().order_by("title_en", "pk")
