"""The first step of every use case: the row is locked, and what is closed stays as it is."""

from __future__ import annotations

from datetime import datetime

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.models import Application
from goliard.apps.applications.queries.applications import closed_to
from goliard.apps.institutions.refusals import Refused
from goliard.rules.values.texts import Reason, Text

NO_DRAFT = Reason(
    "application.withdrawn",
    Text("Deze aanmelding is ingetrokken; pak haar eerst weer op.", "This application is withdrawn; take it up again first."),
)


def locked(application: Application) -> Application:
    """Return the application, locked until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",))
    rows = rows.select_related("round", "person__account", "enrolment__unit", "appointment__unit")
    return rows.get(pk=application.pk)


def locked_open(application: Application, arrived: datetime) -> Application:
    """Return it locked; raises Refused where what arrived then can change nothing any more."""
    row = locked(application)
    refuse_closed(row, arrived)
    return row


def refuse_closed(row: Application, arrived: datetime) -> None:
    """Raise Refused where what arrived then can change nothing of a locked row any more."""
    if row.state == ApplicationState.WITHDRAWN:
        raise Refused([NO_DRAFT])
    if closed := closed_to(row, arrived):
        raise Refused([closed])
