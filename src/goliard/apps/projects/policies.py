"""Who may see and change projects."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from goliard.apps.projects.models import JointProgrammeInitiative, Project
from goliard.rules.access.actor import Actor, Role


def may_read_projects(actor: Actor) -> bool:
    """The office, faculty officers and auditors read every project."""
    return actor.reads_office


def may_add_project(actor: Actor) -> bool:
    """The office, and faculty officers for a unit of theirs."""
    return actor.is_office or actor.has(Role.FACULTY_OFFICER)


def may_edit_project(actor: Actor, project: Project) -> bool:
    """The office; a faculty officer a project that a unit of theirs carries."""
    if actor.is_office or not actor.has(Role.FACULTY_OFFICER):
        return actor.is_office
    return actor.covers(frozenset(project.home_units.values_list("unit_id", flat=True)))


def may_remove_project(actor: Actor, project: Project) -> bool:
    """The office."""
    return actor.is_office


def visible_as_own(actor: Actor, projects: QuerySet[Project, Any]) -> QuerySet[Project, Any]:
    """Narrow projects to those that the actor answers for: all for the office and auditors, those of their units for faculty officers."""
    if actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR):
        return projects
    units = {unit for grant in actor.grants if grant.role is Role.FACULTY_OFFICER for unit in grant.units or ()}
    return projects.filter(home_units__unit__in=units).distinct()


def may_edit_initiative(actor: Actor, initiative: JointProgrammeInitiative) -> bool:
    """The office; a faculty officer an initiative of a unit of theirs."""
    return actor.is_office or (initiative.unit_id is not None and actor.covers(frozenset({initiative.unit_id})))


def may_remove_initiative(actor: Actor, initiative: JointProgrammeInitiative) -> bool:
    """The office."""
    return actor.is_office
