"""What asks for attention on the desk: one section a question, each with its number and the way there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from goliard.apps.content.choices import PageState
from goliard.apps.content.models import NewsItem, Page, PublishedFact
from goliard.apps.content.queries.translations import ALL_TEXTS, PROJECT_TEXTS, half_translated, missing_translations
from goliard.apps.institutions.usage import told
from goliard.apps.projects.choices import ProjectState
from goliard.apps.projects.models import Project
from goliard.apps.projects.policies import visible_as_own
from goliard.apps.projects.queries.verdicts import unpublishable
from goliard.rules.access.actor import Actor, Role
from goliard.rules.values.texts import Reason

SHOWN = 8
LOOKED_AT = 200  # drafts whose rules are asked: the newest, so that the desk opens at once in a large house
ROUTES = {
    "content.image": "images",
    "content.newsitem": "news",
    "content.page": "pages",
    "content.publishedfact": "facts",
    "funding.action": "actions",
    "funding.fundingcall": "calls",
    "funding.policydocument": "policy-documents",
    "funding.priority": "priorities",
    "funding.programme": "programmes",
    "funding.strategicgoal": "goals",
    "institutions.network": "networks",
    "institutions.organisation": "organisations",
    "institutions.organizationalunit": "units",
    "projects.project": "projects",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that asks for attention: what it is called, where it stands, and why it is here."""

    title: str
    address: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question. `count` may be more than there are lines; `everything` leads to the list of all."""

    title: Promise | str
    count: int
    lines: tuple[Line, ...]
    everything: str = ""


def sections(actor: Actor, today: date) -> list[Section]:
    """Return what asks for this actor's attention; a faculty officer sees the projects of the own units only."""
    found = [*_projects(visible_as_own(actor, Project.objects.all()), today)]
    if _answers_for_all(actor):
        found += [_facts(today), *_writing()]
    return [*found, _translations(actor)]


def _projects(own: QuerySet[Project, Any], today: date) -> Iterator[Section]:
    drafts = own.filter(state=ProjectState.DRAFT).order_by("-pk")
    reasons = {project.pk: why for project, why in unpublishable(drafts[:LOOKED_AT], today=today)}
    looked_at = list(drafts.select_related("call")[:LOOKED_AT])
    lacking = [project for project in looked_at if project.pk in reasons]
    ready = [project for project in looked_at if project.pk not in reasons]
    lines = _lines(lacking, lambda row: _why(reasons[row.pk]))
    yield Section(_("Projects that cannot be published yet"), len(lacking), lines, reverse("office:unpublishable"))
    drafts_list = f"{reverse('office:projects')}?state=draft"
    yield Section(_("Projects ready to be published"), len(ready), _lines(ready, lambda row: told(row.call)), drafts_list)


def _why(reasons: tuple[Reason, ...]) -> str:
    language = get_language() or "en"
    first = " ".join(reason.because.in_language(language) for reason in reasons[:2])
    more = len(reasons) - 2
    return first if more < 1 else first + " " + ngettext("And %(more)d more.", "And %(more)d more.", more) % {"more": more}


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
    yield Section(_("Pages under construction"), building.count(), _lines(building[:SHOWN]), f"{address}?state=under-construction")
    for title, rows, name in (
        (_("Drafts of pages"), Page.objects.filter(state=PageState.DRAFT), "pages"),
        (_("Drafts of news"), NewsItem.objects.filter(state=PageState.DRAFT), "news"),
    ):
        yield Section(title, rows.count(), _lines(rows[:SHOWN]), f"{reverse(f'office:{name}')}?state=draft")


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
    for kind in ALL_TEXTS if _answers_for_all(actor) else PROJECT_TEXTS:
        rows = half_translated(kind)
        if kind is Project:
            rows = rows.filter(pk__in=own.values("pk"))
        elif kind in PROJECT_TEXTS:
            rows = rows.filter(project__in=own.values("pk"))
        yield rows


def translation_lines(rows: QuerySet[Any, Any], *, most: int) -> list[Line]:
    """Return the first rows with the fields that are empty."""
    return [Line(told(each.row), address_of(each.row), "; ".join(each.empty)) for each in missing_translations(rows, most=most)]


def unpublishable_lines(actor: Actor, today: date) -> Iterator[Line]:
    """Yield every draft for which this actor answers and which may not be published, with all reasons."""
    drafts = visible_as_own(actor, Project.objects.filter(state=ProjectState.DRAFT)).order_by("-pk")
    for project, reasons in unpublishable(drafts, today=today):
        yield Line(told(project), address_of(project), " ".join(reason.because.in_language(get_language() or "en") for reason in reasons))


def _answers_for_all(actor: Actor) -> bool:
    return actor.has(Role.ADMINISTRATOR, Role.OFFICER, Role.AUDITOR)


def _lines(rows: Iterable[Any], why: Any = lambda _row: "") -> tuple[Line, ...]:
    return tuple(Line(told(row), address_of(row), why(row)) for row in list(rows)[:SHOWN])


def address_of(row: Model) -> str:
    """Return the address of a row's page in the office."""
    return reverse(f"office:{ROUTES[row._meta.label_lower]}-row", args=[row.pk])
