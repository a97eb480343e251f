"""Projects that are ready for the public site, and those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from goliard.apps.institutions.usage import told
from goliard.apps.projects.choices import ProjectState
from goliard.apps.projects.models import Project
from goliard.apps.projects.policies import visible_as_own
from goliard.apps.projects.queries.verdicts import unpublishable
from goliard.portals.office.attention.lines import Line, Section, address_of, lines_of
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason

LOOKED_AT = 200  # drafts whose rules are asked: the newest, so that the desk opens at once in a large house


def sections(actor: Actor, today: date) -> Iterator[Section]:
    """Yield the drafts for which this actor answers: what each lacks, and what is ready."""
    drafts = visible_as_own(actor, Project.objects.filter(state=ProjectState.DRAFT)).order_by("-pk")
    reasons = {project.pk: why for project, why in unpublishable(drafts[:LOOKED_AT], today=today)}
    looked_at = list(drafts.select_related("call")[:LOOKED_AT])
    lacking = [project for project in looked_at if project.pk in reasons]
    ready = [project for project in looked_at if project.pk not in reasons]
    lines = lines_of(lacking, lambda row: _why(reasons[row.pk]))
    yield Section(_("Projects that cannot be published yet"), len(lacking), lines, reverse("office:unpublishable"))
    drafts_list = f"{reverse('office:projects')}?state=draft"
    yield Section(_("Projects ready to be published"), len(ready), lines_of(ready, lambda row: told(row.call)), drafts_list)


def _why(reasons: tuple[Reason, ...]) -> str:
    language = get_language() or "en"
    first = " ".join(reason.because.in_language(language) for reason in reasons[:2])
    more = len(reasons) - 2
    return first if more < 1 else first + " " + ngettext("And %(more)d more.", "And %(more)d more.", more) % {"more": more}


def unpublishable_lines(actor: Actor, today: date) -> Iterator[Line]:
    """Yield every draft for which this actor answers and which may not be published, with all reasons."""
    drafts = visible_as_own(actor, Project.objects.filter(state=ProjectState.DRAFT)).order_by("-pk")
    for project, reasons in unpublishable(drafts, today=today):
        yield Line(told(project), address_of(project), " ".join(reason.because.in_language(get_language() or "en") for reason in reasons))
