"""The register of projects."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.funding.choices import ActionKind
from goliard.apps.funding.models import FundingCall
from goliard.apps.institutions.services.keeping import remove
from goliard.apps.institutions.usage import told
from goliard.apps.projects.choices import ProjectState
from goliard.apps.projects.models import Project
from goliard.apps.projects.policies import may_add_project, may_edit_project, may_read_projects, may_remove_project
from goliard.apps.projects.queries.verdicts import verdict
from goliard.apps.projects.services.projects import keep_project, move_project
from goliard.portals.office.funding.programmes import cooperation_words
from goliard.portals.office.projects import parts
from goliard.portals.office.projects.forms import ProjectForm
from goliard.portals.office.registers.fields import SearchFilter, any_of
from goliard.portals.office.registers.register import Panel, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.publication import PROJECT
from goliard.rules.values.texts import Reason

YES_NO = (("True", _("yes")), ("False", _("no")))


class ProjectFilter(SearchFilter):
    """Narrow by words, call, kind of action, state and kind of record."""

    call = forms.ModelChoiceField(FundingCall.objects.all(), label=_("Call"), empty_label=_("all"))
    kind = any_of(_("Action"), ActionKind.choices)
    state = any_of(_("State"), ProjectState.choices)
    historical = any_of(_("Historical record"), YES_NO)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        return self.narrow(super().apply(rows), call="call", kind="call__action__kind", state="state", historical="is_historical")


def _rows(_actor: Actor) -> QuerySet[Project]:
    return Project.objects.select_related("call__action", "country").annotate(partner_count=Count("partners"))


def _panels(project: Project, _actor: Actor) -> Sequence[Panel]:
    said = verdict(project, today=timezone.localdate())
    found = (
        (_("What the rules refuse"), said.refused, "bad"),
        (_("Missing before publication"), said.missing, "warn" if project.state == ProjectState.DRAFT else "bad"),
        (_("Worth a look"), said.advised, ""),
    )
    running = Panel(
        "office/projects/running_panel.html", {"project": project, "cooperation": cooperation_words(project.call.action.cooperation)}
    )
    return [running, *(_panel(title, reasons, tone) for title, reasons, tone in found if reasons)]


def _panel(title: object, reasons: Sequence[Reason], tone: str) -> Panel:
    return Panel("office/projects/reasons.html", {"title": title, "reasons": reasons, "tone": tone})


def _advice(_request: HttpRequest, project: Project) -> list[str]:
    stored = Project.objects.select_related("call__action").get(pk=project.pk)
    return [reason.because.in_language(get_language() or "en") for reason in verdict(stored, today=timezone.localdate()).advised]


PROJECTS = Register(
    name="projects",
    model=Project,
    title=_("Projects"),
    one=_("project"),
    rows=_rows,
    columns=(
        Column("title", _("Title"), "title_en", told),
        Column("call", _("Call year"), "call__year", lambda row: row.call.year),
        Column("action", _("Action"), "call__action__code", lambda row: row.call.action.code),
        Column("country", _("Country"), "country__name_en", lambda row: told(row.country) if row.country else ""),
        Column("partners", _("Number of partners"), "partner_count", lambda row: row.partner_count, numeric=True),
        Column("ends", _("Ends on"), "ends_on", lambda row: row.ends_on),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
    ),
    default_sort="title",
    form=ProjectForm,
    may_read=may_read_projects,
    may_add=may_add_project,
    may_edit=may_edit_project,
    may_remove=may_remove_project,
    keep=keep_project,
    remove=remove,
    filters=ProjectFilter,
    parts=parts.ALL,
    panels=_panels,
    preview=lambda row: {language: f"/{language}/projects/{row.key}/" for language in ("nl", "en")},
    lifecycle=PROJECT,
    move=move_project,
    warnings=_advice,
)
