"""The desk: what asks for attention; and the reports that say all of it."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from goliard.apps.journal.queries import head, sealer_lag
from goliard.portals.office.attention import sections
from goliard.portals.office.attention.projects import unpublishable_lines
from goliard.portals.office.attention.writing import half_translated_for, translation_lines
from goliard.portals.office.links import broken_links
from goliard.portals.office.policies import may_open_office, may_read_journal
from goliard.portals.shared.doors import door
from goliard.portals.shared.lists import PER_PAGE
from goliard.portals.shared.requests import ActorRequest

MOST = 500  # lines of one kind in a report: more than anybody repairs in a day


@door(may_open_office)
def dashboard(request: ActorRequest) -> HttpResponse:
    """The office's first screen."""
    found = sections(request.actor, localdate())
    context = {
        "busy": [section for section in found if section.count],
        "quiet": [section for section in found if not section.count],
        "sees_journal": may_read_journal(request.actor),
        "seal": head(),
        "lag": sealer_lag(),
    }
    return render(request, "office/dashboard.html", context)


@door(may_open_office)
def translations(request: ActorRequest) -> HttpResponse:
    """Every text that stands in one language only."""
    lines = [line for rows in half_translated_for(request.actor) for line in translation_lines(rows, most=MOST)]
    return _report(request, _("Missing translations"), lines)


@door(may_open_office)
def unpublishable(request: ActorRequest) -> HttpResponse:
    """Every draft that may not be published, and why."""
    return _report(request, _("Projects that cannot be published yet"), list(unpublishable_lines(request.actor, localdate())))


@door(may_open_office)
def links(request: ActorRequest) -> HttpResponse:
    """Every page and news item with a link that leads nowhere within this site."""
    return _report(request, _("Links that lead nowhere"), list(broken_links()))


def _report(request: ActorRequest, title: str, lines: list) -> HttpResponse:
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "office/report.html", {"title": title, "page": page, "lines": page.object_list})
