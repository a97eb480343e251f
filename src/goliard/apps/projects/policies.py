"""Who may see and change projects."""

from __future__ import annotations

from goliard.apps.projects.models import Project
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
