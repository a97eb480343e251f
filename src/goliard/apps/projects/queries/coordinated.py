"""The projects that somebody coordinates."""

from __future__ import annotations

from datetime import date

from goliard.apps.institutions.models.dated import holding
from goliard.apps.people.models import Person
from goliard.apps.projects.choices import CoordinatorSide
from goliard.apps.projects.models import Project, ProjectCoordinator


def projects_of(person: Person, day: date) -> list[Project]:
    """Return the projects that a person coordinates for the home institution on a day, by title."""
    rows = ProjectCoordinator.objects.filter(holding(day), person=person, side=CoordinatorSide.HOME)
    return list(Project.objects.filter(pk__in=rows.values("project")).order_by("title_en", "pk"))
