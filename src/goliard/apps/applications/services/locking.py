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


WHOLE = ("round", "person__account", "enrolment__unit", "appointment__unit")


def locked(application: Application, *related: str) -> Application:
    """Return the application, locked until the transaction ends, with its round and applicant (or with no more than is named)."""
    rows = Application.objects.select_for_update(of=("self",)).select_related(*(related or WHOLE))
    return rows.get(pk=application.pk)


def locked_open(application: Application, arrived: datetime, *related: str) -> Application:
    """Return it locked; raises Refused where what arrived then can change nothing any more."""
    row = locked(application, *related)
    refuse_closed(row, arrived)
    return row


def refuse_closed(row: Application, arrived: datetime) -> None:
    """Raise Refused where what arrived then can change nothing of a locked row any more."""
    if row.state == ApplicationState.WITHDRAWN:
        raise Refused([NO_DRAFT])
    if closed := closed_to(row, arrived):
        raise Refused([closed])
