"""The key by which lists search projects."""

from __future__ import annotations

from goliard.apps.institutions.services.names import search_key
from goliard.apps.projects.models import Project


def key_project(*, project: Project) -> None:
    """Set `search_key` of the project from its titles, number, keywords, host group and country; nothing is saved."""
    words = [
        project.title_en,
        project.title_nl,
        project.acronym,
        project.number,
        project.key,
        *project.keywords.split(";"),
        project.host_group,
    ]
    if project.country is not None:
        words += [project.country.name_en, project.country.name_nl]
    project.search_key = search_key(words)
