"""Sentences with numbers that data add up to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goliard.apps.content.queries.quotes import printed_figure
from goliard.apps.funding.choices import Measure
from goliard.apps.funding.models import CallFigure, FundingCall
from goliard.apps.projects.queries.call_overview import CallOverview
from goliard.rules.values.numerals import written


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that stands on its own: what it says, and whether this site added it up or a source published it."""

    number: str
    label: str
    source: str = ""


def figures_of(call: FundingCall) -> dict[str, CallFigure]:
    """Return what was published about a call, by measure."""
    return {figure.measure: figure for figure in call.figures.all()}


def call_sentence(overview: CallOverview, home: str) -> SafeString:
    """Return the sentence that opens the page of a call; every number but the awarded places is counted from its projects."""
    if not overview.projects:
        return escape(_("The projects of this call have not been entered here. What was published about it at the time:"))
    first = format_html(
        _("In this call {home} works with {partners} in {countries} on {continents}."),
        home=home,
        partners=_strong(
            len(overview.organisations), ngettext("{n} partner university", "{n} partner universities", len(overview.organisations))
        ),
        countries=_strong(len(overview.countries), ngettext("{n} country", "{n} countries", len(overview.countries))),
        continents=_strong(len(overview.continents), ngettext("{n} continent", "{n} continents", len(overview.continents))),
    )
    people = figures_of(overview.call).get(Measure.MOBILITIES)
    if people is None:
        return first
    second = format_html(
        ngettext("{projects} lets {people} go on exchange.", "{projects} let {people} go on exchange.", len(overview.projects)),
        projects=_strong(len(overview.projects), ngettext("{n} project", "{n} projects", len(overview.projects))),
        people=format_html(_("<strong>{n}</strong> students and staff"), n=printed_figure(people, _language())),
    )
    return format_html("{} {}", first, second)


def call_figures(overview: CallOverview) -> list[Figure]:
    """Return the numbers of a call side by side: counted ones, then published ones with their source."""
    published = figures_of(overview.call)
    counts = {
        Measure.PARTNERS: (len(overview.organisations), ngettext("partner", "partners", len(overview.organisations) or 2)),
        Measure.COUNTRIES: (len(overview.countries), ngettext("country", "countries", len(overview.countries) or 2)),
        Measure.PROJECTS: (len(overview.projects), ngettext("project", "projects", len(overview.projects) or 2)),
        Measure.MOBILITIES: (0, _("students and staff")),
        Measure.AWARD_CENTS: (0, _("awarded")),
    }
    return [
        Figure(written(count, _language()), label)
        if count
        else Figure(printed_figure(published[measure], _language()), label, published[measure].source)
        for measure, (count, label) in counts.items()
        if count or measure in published
    ]


def _strong(number: int, phrase: str) -> SafeString:
    """Return the phrase with its number in bold."""
    return format_html(phrase, n=format_html("<strong>{}</strong>", written(number, _language())))


def _language() -> str:
    return get_language() or "en"
