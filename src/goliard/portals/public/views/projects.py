"""Projects: the list and the page of one."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.projects.queries.finder import project_years, projects
from goliard.apps.projects.queries.project_page import ProjectPage, project_page
from goliard.apps.projects.queries.visible import VISIBLE, for_cards
from goliard.portals.public.visits import asked_for, found, language, public_page, sees_drafts, today
from goliard.portals.shared.requests import ActorRequest

PER_PAGE = 30


@public_page
def finder(request: ActorRequest) -> HttpResponse:
    """Projects by words and call year."""
    text, year = asked_for(request, "q"), asked_for(request, "year")
    rows = projects(text, year=int(year) if year.isascii() and year.isdecimal() and len(year) == 4 else None, language=language())
    page = Paginator(for_cards(rows), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "q": text, "year": year, "years": project_years()}
    return render(request, "public/projects.html", context)


@public_page
def project(request: ActorRequest, key: str) -> HttpResponse:
    """One project: the summary for everybody first."""
    page: ProjectPage = found(project_page(key, today=today(), drafts=sees_drafts(request)))
    is_draft = page.project.state not in VISIBLE or not page.project.call.is_public
    return render(request, "public/project.html", {"page": page, "project": page.project, "is_draft": is_draft})
