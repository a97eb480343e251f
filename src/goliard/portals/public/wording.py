"""Sentences with numbers that data add up to."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from goliard.apps.content.queries.quotes import figure_parts, printed_figure
from goliard.apps.funding.choices import Measure
from goliard.apps.funding.models import CallFigure, FundingCall
from goliard.apps.projects.queries.call_numbers import CallNumbers
from goliard.rules.values.numerals import written


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that stands on its own: what it says, and whether this site added it up or a source published it."""

    number: str
    label: str
    source: str = ""
    qualifier: str = ""


def figures_of(call: FundingCall) -> dict[str, CallFigure]:
    """Return what was published about a call, by measure."""
    return {figure.measure: figure for figure in call.figures.all()}


def call_sentence(call: FundingCall, numbers: CallNumbers, home: str) -> SafeString:
    """Return the sentence that opens the page of a call; every number but the awarded places is counted from its projects."""
    if not numbers.projects and not figures_of(call):
        return escape(_("The projects of this call have not been entered here, and no numbers about it were found."))
    if not numbers.projects:
        return escape(_("The projects of this call have not been entered here. What was published about it at the time:"))
    first = format_html(
        _("In this call {home} works with {partners} in {countries} on {continents}."),
        home=home,
        partners=_strong(numbers.partners, ngettext("{n} partner university", "{n} partner universities", numbers.partners)),
        countries=_strong(numbers.countries, ngettext("{n} country", "{n} countries", numbers.countries)),
        continents=_strong(numbers.continents, ngettext("{n} continent", "{n} continents", numbers.continents)),
    )
    people = figures_of(call).get(Measure.MOBILITIES)
    if people is None:
        return first
    second = format_html(
        ngettext("{projects} lets {people} go on exchange.", "{projects} let {people} go on exchange.", numbers.projects),
        projects=_strong(numbers.projects, ngettext("{n} project", "{n} projects", numbers.projects)),
        people=format_html(_("<strong>{n}</strong> students and staff"), n=printed_figure(people, _language())),
    )
    return format_html("{} {}", first, second)


def call_figures(call: FundingCall, numbers: CallNumbers) -> list[Figure]:
    """Return the numbers of a call side by side; what this site cannot count is printed as it was published, with its source."""
    published = figures_of(call)
    counts = {
        Measure.PARTNERS: (numbers.partners, ngettext("partner", "partners", numbers.partners or 2)),
        Measure.COUNTRIES: (numbers.countries, ngettext("country", "countries", numbers.countries or 2)),
        Measure.PROJECTS: (numbers.projects, ngettext("project", "projects", numbers.projects or 2)),
        Measure.MOBILITIES: (0, _("students and staff")),
        Measure.AWARD_CENTS: (0, _("awarded")),
    }
    return [
        Figure(written(count, _language()), label) if count else _published(published[measure], label)
        for measure, (count, label) in counts.items()
        if count or measure in published
    ]


def _published(figure: CallFigure, label: str) -> Figure:
    qualifier, number = figure_parts(figure, _language())
    return Figure(number, label, figure.source, qualifier)


def _strong(number: int, phrase: str) -> SafeString:
    """Return the phrase with its number in bold."""
    return format_html(phrase, n=format_html("<strong>{}</strong>", written(number, _language())))


def _language() -> str:
    return get_language() or "en"
