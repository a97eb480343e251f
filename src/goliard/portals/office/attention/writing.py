"""Facts, pages and news that wait for a hand, and texts that stand in one language only."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from goliard.apps.content.choices import PageState
from goliard.apps.content.models import NewsItem, Page, PublishedFact
from goliard.apps.content.queries.translations import ALL_TEXTS, PROJECT_TEXTS, half_translated, missing_translations
from goliard.apps.institutions.usage import told
from goliard.apps.projects.models import Project
from goliard.apps.projects.policies import visible_as_own
from goliard.portals.office.attention.lines import SHOWN, Line, Section, address_of, answers_for_all, lines_of
from goliard.rules.access.actor import Actor


def sections(actor: Actor, today: date) -> Iterator[Section]:
    """Yield what is written: the house's own pages for those who answer for all, the texts of their projects for everybody."""
    if answers_for_all(actor):
        yield _facts(today)
        yield from _writing()
    yield _translations(actor)


def _facts(today: date) -> Section:
    past = PublishedFact.objects.filter(review_on__lt=today).order_by("review_on")
    return Section(
        _("Facts past their review date"),
        past.count(),
        tuple(
            Line(_label(fact), address_of(fact), gettext("review was due on %(day)s") % {"day": date_format(fact.review_on or today)})
            for fact in past[:SHOWN]
        ),
        f"{reverse('office:facts')}?review=past",
    )


def _label(fact: PublishedFact) -> str:
    return fact.label_nl if (get_language() or "").startswith("nl") else fact.label_en


def _writing() -> Iterator[Section]:
    building = Page.objects.filter(state=PageState.UNDER_CONSTRUCTION)
    address = reverse("office:pages")
    yield Section(_("Pages under construction"), building.count(), lines_of(building[:SHOWN]), f"{address}?state=under-construction")
    for title, rows, name in (
        (_("Drafts of pages"), Page.objects.filter(state=PageState.DRAFT), "pages"),
        (_("Drafts of news"), NewsItem.objects.filter(state=PageState.DRAFT), "news"),
    ):
        yield Section(title, rows.count(), lines_of(rows[:SHOWN]), f"{reverse(f'office:{name}')}?state=draft")


def _translations(actor: Actor) -> Section:
    count = 0
    lines: list[Line] = []
    for rows in half_translated_for(actor):
        if number := rows.count():
            count += number
            lines += translation_lines(rows, most=max(0, SHOWN - len(lines)))
    return Section(_("Missing translations"), count, tuple(lines), reverse("office:translations"))


def half_translated_for(actor: Actor) -> Iterator[QuerySet[Any, Any]]:
    """Yield the half-translated rows of every kind for which this actor answers."""
    own = visible_as_own(actor, Project.objects.all())
    for kind in ALL_TEXTS if answers_for_all(actor) else PROJECT_TEXTS:
        rows = half_translated(kind)
        if kind is Project:
            rows = rows.filter(pk__in=own.values("pk"))
        elif kind in PROJECT_TEXTS:
            rows = rows.filter(project__in=own.values("pk"))
        yield rows


def translation_lines(rows: QuerySet[Any, Any], *, most: int) -> list[Line]:
    """Return the first rows with the fields that are empty."""
    return [Line(told(each.row), address_of(each.row), "; ".join(each.empty)) for each in missing_translations(rows, most=most)]
