"""Pages about the site itself: privacy and cookies, accessibility, open data, the documents that it cites."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.content.queries.pages import page_at
from goliard.apps.funding.queries.cited import cited_documents
from goliard.apps.funding.queries.public_calls import icm_calls
from goliard.portals.public.open_data import COLUMNS, LICENCE
from goliard.portals.public.quoted import Written, written
from goliard.portals.public.visits import public_page, sees_drafts, today
from goliard.portals.shared.cookies import cookies
from goliard.portals.shared.requests import ActorRequest


@public_page
def privacy(request: ActorRequest) -> HttpResponse:
    """What is kept about visitors, and every cookie that the site sets."""
    return render(request, "public/privacy.html", {"own": _own(request, "privacy"), "cookies": cookies()})


@public_page
def accessibility(request: ActorRequest) -> HttpResponse:
    """What the site does for everybody, what it does not do yet, and where to say so."""
    return render(request, "public/accessibility.html", {"own": _own(request, "accessibility")})


@public_page
def data(request: ActorRequest) -> HttpResponse:
    """What may be downloaded, with its columns and licence."""
    context = {"own": _own(request, "data"), "calls": icm_calls(), "columns": COLUMNS, "licence": LICENCE}
    return render(request, "public/data.html", context)


@public_page
def documents(request: ActorRequest) -> HttpResponse:
    """The policy documents with their validity, and the strategic goals that they state."""
    cited = [(document, document.valid_until is None or today() <= document.valid_until) for document in cited_documents()]
    return render(request, "public/documents.html", {"own": _own(request, "documents"), "documents": cited})


def _own(request: ActorRequest, path: str) -> Written | None:
    """What the office itself writes on this page, if anything."""
    page = page_at(path, drafts=sees_drafts(request))
    return written(page, None, show_faults=sees_drafts(request)) if page else None
