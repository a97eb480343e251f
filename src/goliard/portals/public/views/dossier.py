"""Pages that the office writes: the Erasmus+ dossier, and every other page at its own address."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from goliard.apps.content.choices import PageState
from goliard.apps.content.models import Page
from goliard.apps.content.queries.pages import VISIBLE, page_at, pages_below
from goliard.apps.funding.choices import ActionKind
from goliard.apps.funding.queries.priorities import priorities
from goliard.apps.funding.queries.public_calls import icm_calls
from goliard.apps.projects.queries.by_priority import projects_by_priority
from goliard.apps.projects.queries.visible import for_cards, visible_projects
from goliard.portals.public.quoted import written
from goliard.portals.public.visits import found, language, public_page, sees_drafts
from goliard.portals.shared.requests import ActorRequest

ROOT = "erasmus"
# what a page of the dossier shows below its text, by the last word of its address
PRIORITIES = frozenset({"priorities"})
KINDS = {
    "ka1": ActionKind.MOBILITY,
    "key-action-1": ActionKind.MOBILITY,
    "ka2": ActionKind.COOPERATION,
    "key-action-2": ActionKind.COOPERATION,
    "jean-monnet": ActionKind.JEAN_MONNET,
    "erasmus-mundus": ActionKind.ERASMUS_MUNDUS,
}


@public_page
def dossier(request: ActorRequest) -> HttpResponse:
    """The landing page of the dossier. Where the office has written none, the calls and priorities still stand here."""
    shown = page_at(ROOT, drafts=sees_drafts(request))
    context = _page(request, shown) if shown else {"siblings": []}
    return render(request, "public/dossier.html", {**context, "calls": icm_calls(), "priorities": priorities()})


@public_page
def page(request: ActorRequest, path: str) -> HttpResponse:
    """A page at its own address; nothing there is a page that says so."""
    shown: Page = found(page_at(path, drafts=sees_drafts(request)) if path.isprintable() else None)
    last = path.rsplit("/", 1)[-1]
    context = _page(request, shown)
    if last in PRIORITIES:
        serving = projects_by_priority()
        context["priorities"] = [(priority, serving.get(priority.pk, [])) for priority in priorities()]
    if last in KINDS:
        newest = visible_projects().filter(call__action__kind=KINDS[last]).order_by("-call__year", f"title_{language()}", "pk")
        context["projects"] = for_cards(newest[:60])
    return render(request, "public/page.html", context)


def _page(request: ActorRequest, shown: Page) -> dict[str, Any]:
    """The page, its text, the pages below it and, for a sub-page, those beside it."""
    children = list(pages_below(shown))
    top = shown.parent or shown
    latest = icm_calls().first() if "[[call:" in shown.body_en + shown.body_nl or "[[figure:" in shown.body_en + shown.body_nl else None
    return {
        "page": shown,
        "text": written(shown, latest, show_faults=sees_drafts(request)),
        "top": top,
        "children": children,
        "siblings": children if top == shown else list(pages_below(top)),
        "is_draft": shown.state not in VISIBLE,
        "is_under_construction": shown.state == PageState.UNDER_CONSTRUCTION,
        "is_archived": shown.state == PageState.ARCHIVED,
    }
