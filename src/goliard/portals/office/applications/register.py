"""The register of applications: rows are written by applicants; the office reads, asks, gives time. Nothing special stands here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Exists, Max, Model, OuterRef, QuerySet
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.models import Application, DocumentRequest
from goliard.apps.applications.policies import (
    may_manage_application,
    may_read_applications,
    may_read_declarations,
    visible_applications,
)
from goliard.apps.applications.queries.applications import DECIDED, applications, last_moment_of, newest_submission, step_of_application
from goliard.apps.applications.queries.approvals import approval_of, plan_told
from goliard.apps.applications.queries.lacking import lacking_in
from goliard.apps.institutions.usage import told
from goliard.apps.people.models import PersonIdentifier
from goliard.apps.rounds.models import Round
from goliard.apps.scoring.policies import visible_files
from goliard.portals.office.applications.on_paper import typing_address
from goliard.portals.office.registers.fields import SearchFilter, any_of
from goliard.portals.office.registers.register import Panel, Register
from goliard.portals.shared.lists import Column
from goliard.rules.access.actor import Actor

PARTS = {
    "wishes": _("wishes"), "questions": _("questions"), "documents": _("documents"), "stay": _("planned stay"),
    "approval": _("line manager"),
}  # fmt: skip
ASKED = (("asked", _("a document is asked for")), ("answered", _("a document came in")), ("reopened", _("with more time")))


class ApplicationFilter(SearchFilter):
    """Narrow by words (name, address, number), round, state, and what was asked."""

    search_in = ("person__search_key",)
    round = forms.ModelChoiceField(Round.objects.all(), label=_("Round"), empty_label=_("all"))
    state = any_of(_("State"), ApplicationState.choices)
    asked = any_of(_("Asked or given"), ASKED)

    def apply(self, rows: QuerySet) -> QuerySet:
        """Return the narrowed rows."""
        rows = self.narrow(super().apply(rows), round="round", state="state")
        wanted = self.cleaned_data["asked"]
        if wanted == "reopened":
            return rows.exclude(reopened_until=None)
        if wanted:
            requests = DocumentRequest.objects.filter(application=OuterRef("pk"), answered_at__isnull=wanted == "asked")
            return rows.filter(Exists(requests))
        return rows


def _rows(actor: Actor) -> QuerySet[Application]:
    schemes = ("student-number", "staff-number")
    numbers = PersonIdentifier.objects.filter(person=OuterRef("person"), scheme__in=schemes, valid_until=None)
    rows = applications().annotate(
        received=Max("submissions__received_at"), student_number=numbers.order_by("-pk").values("value")[:1]
    )  # fmt: skip
    return visible_files(actor, visible_applications(actor, rows))


def _panels(application: Application, actor: Actor) -> Sequence[Panel]:
    now, given = timezone.now(), newest_submission(application)
    may_manage = may_manage_application(actor, application)
    approval = approval_of(application) if application.round.asks_approval else None
    context: dict[str, Any] = {
        "application": application,
        "step": step_of_application(application, now),
        "until": last_moment_of(application),
        "given": given,
        "content": json.loads(given.content) if given else None,
        "language": get_language() or "en",
        "files": given.documents.select_related("requirement", "file") if given else (),
        "requests": application.requests.select_related("file"),
        "faults": lacking_in([application], now)[application.pk] if application.state == ApplicationState.DRAFT else (),
        "plan": plan_told(application, get_language() or "en") if given else None,
        "approval": approval,
        "manager_typed": approval is not None and not (application.appointment and application.appointment.manager_email),
        "may_manage": may_manage and application.round.state not in DECIDED,
        "typed_at": typing_address(application, "review"),
        "may_read_special": may_read_declarations(actor, localdate(now)),
    }
    return [Panel("office/applications/application.html", context)]


def _read_lacking(rows: Sequence[Application]) -> None:
    """Keep on every draft what it lacks."""
    drafts = [row for row in rows if row.state == ApplicationState.DRAFT]
    found = lacking_in(drafts, timezone.now())
    for row in drafts:
        vars(row)["lacking"] = found[row.pk]


def _complete(row: Application) -> str:
    """Whether a draft could be handed in as it stands, or which parts lack something; what was handed in was complete."""
    if row.state != ApplicationState.DRAFT:
        return str(_("handed in")) if row.state == ApplicationState.SUBMITTED else ""
    fields = dict.fromkeys(reason.field for reason in vars(row)["lacking"])
    return str(_("lacks: %(parts)s")) % {"parts": ", ".join(str(PARTS.get(field, field)) for field in fields)} if fields else str(_("yes"))


def _nobody(_actor: Actor, _row: Model | None = None) -> bool:
    return False


APPLICATIONS = Register(
    name="applications",
    model=Application,
    title=_("Applications"),
    one=_("application"),
    rows=_rows,
    columns=(
        Column("name", _("Name"), "person__family_name", lambda row: row.person.full_name),
        Column("number", _("Application number"), "pk", lambda row: row.pk, numeric=True),
        Column("student", _("Student or staff number"), "", lambda row: row.student_number or ""),
        Column("round", _("Round"), "round__title_en", lambda row: told(row.round)),
        Column("programme", _("Programme or function"), "enrolment__programme", lambda row: told(row.standing) if row.standing else ""),
        Column("unit", _("Home unit"), "enrolment__unit__name_en", lambda row: told(row.standing.unit) if row.standing else ""),
        Column("state", _("State"), "state", lambda row: row.get_state_display()),
        Column("complete", _("Complete"), "", _complete, read=_read_lacking),
        Column("received", _("Submitted"), "received", lambda row: row.received or ""),
    ),
    default_sort="name",
    form=None,
    may_read=may_read_applications,
    may_add=_nobody,
    may_edit=_nobody,
    filters=ApplicationFilter,
    panels=_panels,
    users=lambda _row: (),
)
