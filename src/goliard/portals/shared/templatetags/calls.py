"""Filters of every screen about a call: money, moments in a zone, names of figures, sentences of the rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.models import CallQuestion, ExpressionOfInterest, InterestDecision
from goliard.apps.grants.models import Scholarship
from goliard.apps.institutions.usage import told
from goliard.apps.projects.models import BudgetTransfer
from goliard.rules.grants.figures import meaning_of
from goliard.rules.values.money import Money
from goliard.rules.values.texts import Text

register = template.Library()
CATEGORIES = {
    "individual_support": _("Individual support"),
    "travel": _("Travel"),
    "top_ups": _("Top-ups"),
    "organisational_support": _("Organisational support"),
    "inclusion_support": _("Inclusion support"),
}


@register.filter
def euros(cents: int | None) -> str:
    """An amount in cents as people read it; a dash where there is none."""
    return "–" if cents is None else Money(cents).text(get_language() or "en")


@register.filter
def titled(thing: Any) -> str:
    """The title or name of a row in the page's language."""
    return told(thing)


@register.filter
def headed(interest: ExpressionOfInterest) -> str:
    """The title of a proposal in the page's language; the other one where it is all there is."""
    nl, en = interest.title_nl, interest.title
    return str(((nl or en) if (get_language() or "").startswith("nl") else (en or nl)) or _("New proposal"))


@register.filter
def asked(question: CallQuestion) -> str:
    """A question in the page's language."""
    return question.text(get_language() or "en")


@register.filter
def criteria(question: CallQuestion) -> str:
    """The criteria of a question in the page's language."""
    return question.criteria(get_language() or "en")


@register.filter
def introduced(round: Any) -> str:
    """The introduction of a round or a scheme of scholarships, in the page's language."""
    return str(round.introduction(get_language() or "en"))


@register.filter
def described(criterion: Any) -> str:
    """What is judged by a criterion, in the page's language."""
    return str(criterion.description(get_language() or "en"))


@register.filter
def because(decision: InterestDecision | BudgetTransfer | Scholarship) -> str:
    """The reasons of a decision, or the rule of a transfer, in the page's language."""
    return decision.because_nl if (get_language() or "").startswith("nl") else decision.because_en


@register.filter
def in_words(text: Text) -> str:
    """A sentence of the rules in the page's language."""
    return text.in_language(get_language() or "en")


@register.filter
def at_zone(moment: datetime, zone: str) -> str:
    """A moment as the clocks of a zone show it."""
    return date_format(moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None), "DATETIME_FORMAT")


@register.filter
def category_name(category: str) -> str:
    """The heading of a budget in words."""
    return str(CATEGORIES[str(category)])


@register.filter
def figure_name(label: str) -> str:
    """What a figure says, with its label; a label that the catalogue does not know stands for itself."""
    words = meaning_of(label)
    return f"{words.in_language(get_language() or 'en')} ({label})" if words else label
