"""What line managers were asked and said."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from goliard.apps.accounts.queries import account_of
from goliard.apps.applications.choices import ApplicationState, ApprovalState
from goliard.apps.applications.models import Application, ManagerApproval
from goliard.apps.applications.queries.applications import newest_submission
from goliard.apps.rounds.choices import StayPurpose
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


def approval_of(application: Application) -> ManagerApproval | None:
    """Return what the line manager was asked and said, or None while nobody is named."""
    return ManagerApproval.objects.filter(application=application).first()


def missing_for_approval(application: Application) -> tuple[Reason, ...]:
    """Return what keeps the line manager from being asked; empty where the round asks for no approval."""
    if not application.round.asks_approval:
        return ()
    found = approval_of(application)
    if found is not None and found.name and found.email:
        return ()
    text = Text("Noem je leidinggevende, met een e-mailadres.", "Name your line manager, with an e-mail address.")
    return (Reason("application.approval", text, field="approval"),)


def refusal_without_approval(application: Application) -> Reason | None:
    """Return why an application goes no further, or None: where the round asks for it, the line manager approved it as it stands."""
    if not application.round.asks_approval:
        return None
    found = approval_of(application)
    if found is not None and found.state == ApprovalState.APPROVED:
        return None
    name = application.person.full_name
    if found is not None and found.state == ApprovalState.REFUSED:
        text = Text(f"{name}: de leidinggevende keurt het niet goed.", f"{name}: the line manager does not approve.")
    else:
        text = Text(f"{name}: de leidinggevende heeft nog niet geantwoord.", f"{name}: the line manager has not answered yet.")
    return Reason("application.not-approved", text)


@dataclass(frozen=True, slots=True)
class ToldPlan:
    """What a line manager reads, as it was handed in: wishes in order, and the stay with its sessions (`None`: the round asks for none)."""

    wishes: tuple[str, ...]
    stay: Mapping[str, Any] | None
    purpose: str = ""
    starts_on: date | None = None
    ends_on: date | None = None


def plan_told(application: Application, language: str) -> ToldPlan:
    """Return the plan of the newest submission, in a language. Answers, documents and results are not the manager's to read."""
    given = newest_submission(application)
    own = json.loads(given.content)["own"] if given else {"wishes": []}
    wishes = tuple(wish["name"]["nl" if language.startswith("nl") else "en"] for wish in own["wishes"])
    stay = own.get("stay")
    if stay is None:
        return ToldPlan(wishes, None)
    purpose = str(StayPurpose(stay["purpose"]).label) if stay["purpose"] else ""
    return ToldPlan(wishes, stay, purpose, _day(stay["starts_on"]), _day(stay["ends_on"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def asked_approvals() -> QuerySet[ManagerApproval, Any]:
    """Return what line managers were asked of applications that count."""
    rows = ManagerApproval.objects.exclude(state=ApprovalState.NAMED).filter(application__state=ApplicationState.SUBMITTED)
    return rows.select_related("application__round", "application__person__account", "application__appointment__unit")


def approvals_of_manager(actor: Actor) -> QuerySet[ManagerApproval, Any]:
    """Return what the actor was asked as line manager, by the e-mail address of the account; what waits first."""
    user = account_of(actor)
    rows = asked_approvals()
    return rows.filter(email=user.email).order_by("answered_at", "-asked_at") if user is not None else rows.none()
