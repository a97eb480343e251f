"""One project with everything that its page prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from goliard.apps.institutions.queries.placed_units import PlacedUnit, placed_units
from goliard.apps.projects.models import Project, ProjectCoordinator, ProjectHomeUnit, ProjectMobility, ProjectPartner, ProjectPriority
from goliard.apps.projects.queries.visible import VISIBLE


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


def project_page(key: str, *, today: date, drafts: bool = False) -> ProjectPage | None:
    """Return the project's page, or None where the public sees none; `drafts` shows unpublished ones too, to the office."""
    projects = Project.objects.select_related("call__action__programme", "call__funder", "country", "predecessor__call").prefetch_related(
        Prefetch("partners", ProjectPartner.objects.filter(organisation__is_public=True).select_related("organisation__country", "unit")),
        Prefetch("home_units", ProjectHomeUnit.objects.select_related("unit")),
        Prefetch("coordinators", ProjectCoordinator.objects.filter(is_public=True).select_related("person")),
        Prefetch("priorities", ProjectPriority.objects.select_related("priority")),
        Prefetch("successors", Project.objects.filter(state__in=VISIBLE, call__is_public=True).select_related("call")),
        "mobilities",
        "goals__goal",
    )
    if not drafts:
        projects = projects.filter(state__in=VISIBLE, call__is_public=True)
    project = projects.filter(key=key).first()
    return _page(project, today) if project else None


def _page(project: Project, today: date) -> ProjectPage:
    homes = [home.unit for home in project.home_units.all()]
    places = placed_units(homes, on=today)
    people = list(project.coordinators.all())
    return ProjectPage(
        project=project,
        partners=tuple(project.partners.all()),
        home_units=tuple(places[unit.pk] for unit in homes),
        coordinators=tuple(person for person in people if _holds(person, project, today)),
        former_coordinators=tuple(person for person in people if not _holds(person, project, today)),
        mobilities=tuple(project.mobilities.all()),
        priorities=tuple(project.priorities.all()),
        successors=tuple(project.successors.all()),
    )


def _holds(coordinator: ProjectCoordinator, project: Project, today: date) -> bool:
    """Whether the person coordinates today; of an ended project, whether they did on its last day."""
    return coordinator.holds_on(min(today, project.ends_on) if project.ends_on else today)
