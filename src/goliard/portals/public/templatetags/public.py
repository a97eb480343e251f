"""Names, texts and periods in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goliard.apps.content.queries.quotes import printed_figure
from goliard.apps.content.texts import Quotes, to_html
from goliard.apps.funding.models import CallFigure
from goliard.apps.institutions.models import NetworkMembership
from goliard.apps.projects.models import Project, ProjectMobility
from goliard.portals.shared.languages import other_language
from goliard.rules.values.isced import InvalidIscedField, parse_isced_field
from goliard.rules.values.numerals import euros, written

register = template.Library()


@register.filter
def named(thing: Any) -> str:
    """The name of a country, organisation, unit or network."""
    return str(thing.name(_language()))


@register.filter
def titled(thing: Any) -> str:
    """The title of a call, project, page, news item or priority."""
    return str(thing.title(_language()))


@register.filter
def said(thing: Any, field: str) -> str:
    """A text that exists in both languages, such as `project|said:"impact"`."""
    return str(getattr(thing, f"{field}_{_language()}"))


@register.simple_tag(takes_context=True)
def prose(context: Context, thing: Any, field: str) -> SafeString:
    """A text as HTML, with what the page's `quotes` say; empty where there is none.

    Where this language has no text, the other one's is shown, marked as such for screen readers.
    """
    if text := said(thing, field):
        return to_html(text, context.get("quotes") or Quotes(_language(), {}))
    other = other_language(_language())
    text = getattr(thing, f"{field}_{other}")
    return format_html('<div lang="{}">{}</div>', other, to_html(text, Quotes(other, {}))) if text else SafeString("")


@register.filter
def years(project: Project) -> str:
    """A project's period in years, `2022–2025`; empty where no source gives it."""
    first = project.starts_on.year if project.starts_on else project.first_year
    last = project.ends_on.year if project.ends_on else project.last_year
    if first == last or not (first and last):
        return str(first or last or "")
    return f"{first}–{last}"


@register.filter
def period(project: Project) -> str:
    """A project's period by the day where it is known, else in years."""
    if project.starts_on and project.ends_on:
        return f"{date_format(project.starts_on, 'j F Y')} – {date_format(project.ends_on, 'j F Y')}"
    return years(project)


@register.filter
def since(membership: NetworkMembership) -> str:
    """When a membership began, as its source says it: a text ("early 1990s"), else the year; empty where nothing is known."""
    text = said(membership, "from_text")
    return text or (_("since %(year)s") % {"year": membership.valid_from.year} if membership.valid_from else "")


@register.filter
def until(membership: NetworkMembership) -> str:
    """When a membership ended, as its source says it."""
    text = said(membership, "until_text")
    return text or (_("until %(year)s") % {"year": membership.valid_until.year} if membership.valid_until else _("ended"))


@register.filter
def travellers(mobilities: Iterable[ProjectMobility]) -> str:
    """Who travels in a project, once each: `Students, staff`; empty where no source says so."""
    words = list(dict.fromkeys(str(mobility.get_participant_display()) for mobility in sorted(mobilities, key=_students_first)))
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


@register.filter
def amount(cents: int) -> str:
    """Money as running text writes it."""
    return euros(cents, _language())


@register.filter
def percent(hundredths: int) -> str:
    """A share in hundredths of a percent, as running text writes it."""
    return f"{written(Decimal(hundredths) / 100, _language())} %"


@register.filter
def number(value: int) -> str:
    """A number as running text writes it."""
    return written(value, _language())


@register.filter
def figure(published: CallFigure) -> str:
    """A published figure as running text writes it: `about €450,000`."""
    return printed_figure(published, _language())


@register.filter
def measure(figures: Mapping[str, CallFigure], name: str) -> CallFigure | None:
    """The published figure that counts `name`, if there is one."""
    return figures.get(name)


@register.filter
def subject(code: str) -> str:
    """A field of education by its ISCED-F code: `Physics (0533)`; a code that is none stands alone."""
    if not code:
        return ""
    try:
        return f"{parse_isced_field(code).name.in_language(_language())} ({code})"
    except InvalidIscedField:
        return code


@register.filter
def semicolons(text: str) -> str:
    """Keywords, which the office separates by semicolons, as a sentence lists them."""
    return ", ".join(word.strip() for word in text.split(";") if word.strip())


@register.simple_tag
def or_unknown(value: object) -> object:
    """`value`, or the words for what no source gives."""
    return value or format_html('<span class="unknown">{}</span>', _("not published"))


def _students_first(mobility: ProjectMobility) -> bool:
    return mobility.participant != "student"


def _language() -> str:
    return "nl" if (get_language() or "").startswith("nl") else "en"
