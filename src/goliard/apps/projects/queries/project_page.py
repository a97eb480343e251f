"""One project with everything that its page prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from goliard.apps.funding.choices import ActionKind
from goliard.apps.funding.models import StrategicGoal
from goliard.apps.institutions.queries.placed_units import PlacedUnit, placed_units
from goliard.apps.projects.models import (
    Project,
    ProjectCoordinator,
    ProjectHomeUnit,
    ProjectMobility,
    ProjectOutput,
    ProjectPartner,
    ProjectPriority,
    ResourceShare,
    WorkPackage,
)
from goliard.apps.projects.queries.visible import VISIBLE

_BRIEF = (
    Prefetch("partners", ProjectPartner.objects.filter(organisation__is_public=True).select_related("organisation__country", "unit")),
    Prefetch("home_units", ProjectHomeUnit.objects.select_related("unit")),
    Prefetch("coordinators", ProjectCoordinator.objects.filter(is_public=True).select_related("person")),
    "mobilities",
)
_WHOLE = (
    *_BRIEF,
    Prefetch("priorities", ProjectPriority.objects.select_related("priority")),
    Prefetch("successors", Project.objects.filter(state__in=VISIBLE, call__is_public=True).select_related("call")),
    "goals__goal",
)
_OF_KIND: dict[str, tuple[str | Prefetch, ...]] = {
    ActionKind.COOPERATION: (
        Prefetch("work_packages", WorkPackage.objects.select_related("leader")),
        Prefetch("outputs", ProjectOutput.objects.filter(is_public=True)),
        Prefetch("resource_shares", ResourceShare.objects.select_related("organisation")),
    ),
    ActionKind.JEAN_MONNET: ("jean_monnet__holder",),
}


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """What a project's page shows; coordinators are those who may be named in public."""

    project: Project
    partners: tuple[ProjectPartner, ...]
    home_units: tuple[PlacedUnit, ...]
    coordinators: tuple[ProjectCoordinator, ...]
    former_coordinators: tuple[ProjectCoordinator, ...]
    mobilities: tuple[ProjectMobility, ...]
    priorities: tuple[ProjectPriority, ...]
    successors: tuple[Project, ...]
    goals: tuple[StrategicGoal, ...]

    @property
    def country_slug(self) -> str:
        """The country page of the call on which the project stands; empty where no partner is in the project's country."""
        country = self.project.country
        return country.slug if country and any(one.organisation.country_id == country.pk for one in self.partners) else ""


def project_page(key: str, *, today: date, drafts: bool = False) -> ProjectPage | None:
    """Return the project's page, or None where the public sees none; `drafts` shows unpublished ones too, to the office."""
    projects = Project.objects.filter(key=key)
    rows = _rows(projects if drafts else projects.filter(state__in=VISIBLE, call__is_public=True), _WHOLE)
    for project in rows:
        prefetch_related_objects([project], *_OF_KIND.get(project.call.action.kind, ()))
    return next(iter(_pages(rows, today)), None)


def project_briefs(projects: QuerySet[Project, Any], *, today: date) -> list[ProjectPage]:
    """Return several projects in their order, without priorities, goals and successors, in the same number of queries as one."""
    return _pages(_rows(projects, _BRIEF), today)


def _rows(projects: QuerySet[Project, Any], parts: tuple[str | Prefetch, ...]) -> list[Project]:
    related = projects.select_related("call__action__programme", "call__funder", "country", "predecessor__call")
    return list(related.prefetch_related(*parts))


def _pages(rows: list[Project], today: date) -> list[ProjectPage]:
    places = placed_units([home.unit for project in rows for home in project.home_units.all()], on=today)
    return [_page(project, places, today) for project in rows]


def _page(project: Project, places: dict[int, PlacedUnit], today: date) -> ProjectPage:
    people = list(project.coordinators.all())
    loaded = vars(project).get("_prefetched_objects_cache", {})
    return ProjectPage(
        project=project,
        partners=tuple(project.partners.all()),
        home_units=tuple(places[home.unit_id] for home in project.home_units.all()),
        coordinators=tuple(person for person in people if _holds(person, project, today)),
        former_coordinators=tuple(person for person in people if not _holds(person, project, today)),
        mobilities=tuple(project.mobilities.all()),
        priorities=tuple(loaded.get("priorities", ())),
        successors=tuple(loaded.get("successors", ())),
        goals=tuple(row.goal for row in loaded.get("goals", ())),
    )


def _holds(coordinator: ProjectCoordinator, project: Project, today: date) -> bool:
    """Whether the person coordinates today; of an ended project, whether they did on its last day."""
    return coordinator.holds_on(min(today, project.ends_on) if project.ends_on else today)
