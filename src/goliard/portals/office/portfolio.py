"""The report of what all projects add up to."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.usage import told
from goliard.apps.projects.choices import ImpactLevel
from goliard.apps.projects.policies import may_read_projects
from goliard.apps.projects.queries.portfolio import (
    BEYOND,
    BOTH,
    EUROPE,
    NOWHERE,
    ActionTotals,
    PlaceTotals,
    portfolio,
    years_with_projects,
)
from goliard.portals.office.attention.lines import address_of
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.values.numerals import euros

PLACES = {
    EUROPE: _("partners in Europe only"),
    BEYOND: _("partners outside Europe only"),
    BOTH: _("partners in Europe and outside it"),
    NOWHERE: _("no partner recorded"),
}


@door(may_read_projects)
def report(request: ActorRequest) -> HttpResponse:
    """Projects and money by action and by place of partners, projects by what they serve, outputs by level; of one call year, or of all."""
    years, asked = years_with_projects(), request.GET.get("year", "")
    year = int(asked) if asked in {str(year) for year in years} else None
    found = portfolio(year=year)
    language = get_language() or "en"
    context = {
        "years": years,
        "year": year,
        "actions": [(told(each.action), each, _money(each, language)) for each in found.actions],
        "places": [(PLACES[each.place], each, _money(each, language)) for each in found.places],
        "priorities": [(told(priority), number) for priority, number in found.priorities],
        "goals": [(told(goal), number) for goal, number in found.goals],
        "untagged": [(told(project), project.call.year, address_of(project)) for project in found.untagged],
        "outputs": [(ImpactLevel(level).label, number) for level, number in found.outputs],
    }
    return render(request, "office/portfolio.html", context)


def _money(totals: ActionTotals | PlaceTotals, language: str) -> str:
    """What is known to be awarded; a dash where nothing is known, which is not the same as nothing."""
    return "–" if totals.unknown_awards == totals.projects else euros(totals.award_cents, language)
