"""The line manager: named by the applicant (or by the staff system), asked by a link, and what they answered."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from goliard.apps.agreements.services.partner_links import hash_of_secret
from goliard.apps.applications.choices import ApplicationState, ApprovalState
from goliard.apps.applications.letters import APPROVAL, APPROVAL_ANSWERED
from goliard.apps.applications.models import Application, ManagerApproval
from goliard.apps.applications.queries.applications import last_moment_of
from goliard.apps.applications.queries.approvals import approval_of
from goliard.apps.applications.queries.told import plan_hash, told_own
from goliard.apps.applications.services.letters import send_letter
from goliard.apps.applications.services.locking import locked, locked_open
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.messaging.services.queue import queue_letter
from goliard.rules.access.actor import Actor
from goliard.rules.applications.lateness import told_moment
from goliard.rules.values.texts import Reason, Text

AFTER_DEADLINE = timedelta(days=14)  # a manager has two weeks more than the applicant
AT_LEAST = timedelta(days=7)  # who is asked later has a week
Page = Callable[[str], str]  # from the secret of a link to the address of the page


@transaction.atomic
def name_manager(*, application: Application, name: str, email: str, actor: Actor, now: datetime) -> ManagerApproval:
    """Name the line manager. Whom the staff system names is the one; else the applicant says who it is. Not journalled while it is a draft.

    Another manager than the one who was asked is asked when the application is handed in (again). Raises Refused for what is late, an empty
    name, no address, and one's own.
    """
    row = locked_open(application, now)
    known = row.appointment
    if known is not None and known.manager_email:
        name, email = known.manager_name or known.manager_email, known.manager_email
    name, email = " ".join(name.split())[:250], email.strip().lower()
    if reasons := _naming_faults(row, name, email):
        raise Refused(reasons)
    approval = approval_of(row) or ManagerApproval(application=row)
    if approval.email != email:
        _forget(approval)
    approval.name, approval.email = name, email
    approval.save()
    return approval


def ask_at_submission(*, application: Application, own: dict[str, Any], page: Page | None, actor: Actor, now: datetime) -> None:
    """Ask the line manager, inside the transaction of handing in: not where they were asked, or approved, the same wishes and stay."""
    approval = approval_of(application) if application.round.asks_approval else None
    if approval is None:
        return
    plan = plan_hash(own)
    if approval.state != ApprovalState.NAMED and approval.plan_hash == plan:
        return
    _ask(application, approval, plan, page, actor=actor, now=now)


@transaction.atomic
def ask_again(*, application: Application, page: Page, actor: Actor, now: datetime) -> ManagerApproval:
    """Send the line manager a fresh link; the old one works no more. Raises Refused where nobody waits for an answer."""
    row = locked(application)
    approval = approval_of(row)
    if approval is None or row.state != ApplicationState.SUBMITTED or approval.state == ApprovalState.APPROVED:
        raise Refused([Reason("approval-nobody-waits", Text("Er is niets te vragen.", "There is nothing to ask."))])
    _ask(row, approval, plan_hash(told_own(row)), page, actor=actor, now=now)
    return approval


def open_approval(*, secret: str, now: datetime) -> ManagerApproval | None:
    """Return what a link opens, or None: unknown, expired and withdrawn ones are refused alike."""
    rows = ManagerApproval.objects.select_related("application__round", "application__person", "application__appointment__unit")
    found = rows.filter(secret_hash=hash_of_secret(secret), application__state=ApplicationState.SUBMITTED).first()
    return found if found is not None and found.expires_at is not None and now <= found.expires_at else None


@transaction.atomic
def answer_approval(
    *, approval: ManagerApproval, seen: str, is_approved: bool, comment: str, actor: Actor, now: datetime
) -> ManagerApproval:
    """Take the line manager's answer to the plan that they saw (`seen` is its hash), which may change later; the applicant gets a letter.

    Raises Refused where nobody was asked, the application was withdrawn or changed since, and for a refusal without a reason.
    """
    row = locked(approval.application)
    kept = ManagerApproval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
    if kept.state == ApprovalState.NAMED or row.state != ApplicationState.SUBMITTED or kept.plan_hash != seen:
        text = Text("Deze aanvraag is veranderd of ingetrokken.", "This request has changed or was withdrawn.")
        raise Refused([Reason("approval-gone", text)])
    if not is_approved and not comment.strip():
        raise Refused([Reason("approval-why", Text("Geef de reden.", "Give the reason."), field="comment")])
    _answer(row, kept, actor, now, is_approved=is_approved, comment=comment)
    return kept


@transaction.atomic
def record_approval(*, application: Application, is_approved: bool, reason: str, actor: Actor, now: datetime) -> ManagerApproval:
    """Record for the office what a line manager said otherwise, on paper or by mail. Raises Refused without saying how it is known."""
    row = locked(application)
    approval = approval_of(row)
    if approval is None or row.state != ApplicationState.SUBMITTED:
        raise Refused([Reason("approval-nobody-waits", Text("Er is niets te vragen.", "There is nothing to ask."))])
    if not reason.strip():
        raise Refused([Reason("approval-how", Text("Zeg hoe u dit weet.", "Say how you know this."), field="reason")])
    approval.plan_hash, approval.is_recorded = plan_hash(told_own(row)), True
    _answer(row, approval, actor, now, is_approved=is_approved, comment=reason)
    return approval


def _ask(row: Application, approval: ManagerApproval, plan: str, page: Page | None, *, actor: Actor, now: datetime) -> None:
    _forget(approval)
    secret = secrets.token_urlsafe(32)
    approval.state, approval.plan_hash, approval.asked_at = ApprovalState.ASKED, plan, now
    approval.secret_hash, approval.expires_at = hash_of_secret(secret), max(last_moment_of(row) + AFTER_DEADLINE, now + AT_LEAST)
    approval.save()
    record(actor=actor, verb="ask-approval", subject=row, now=now, details={"manager": approval.email})
    values = {
        "applicant": row.person.full_name, "manager": approval.name, "round": row.round.title(row.language),
        "link": page(secret) if page else "", "until": told_moment(approval.expires_at, row.round.zone)[:16],
    }  # fmt: skip
    once = f"{plan[:16]}-{now:%Y%m%d%H%M%S%f}"
    queue_letter(letter=APPROVAL.key, address=approval.email, language=row.language, values=values, about=approval, now=now, once=once)


def _answer(row: Application, approval: ManagerApproval, actor: Actor, now: datetime, *, is_approved: bool, comment: str) -> None:
    state = ApprovalState.APPROVED if is_approved else ApprovalState.REFUSED
    if approval.state == state:
        return
    approval.state, approval.answered_at, approval.comment = state, now, comment.strip()[:1000]
    approval.save()
    verb = "approve-as-manager" if is_approved else "refuse-as-manager"
    record(actor=actor, verb=verb, subject=row, now=now, reason=approval.comment[:500], details={"manager": approval.email})
    said = (
        Text("keurt je aanvraag goed", "approves your application") if is_approved else Text("keurt haar niet goed", "does not approve it")
    )
    values = {"manager": approval.name, "answer": said.in_language(row.language), "comment": approval.comment or "–"}
    send_letter(letter=APPROVAL_ANSWERED, application=row, values=values, now=now, once=f"{state}-{now:%Y%m%d%H%M%S%f}")


def _forget(approval: ManagerApproval) -> None:
    """What was asked and answered before says nothing of what is asked now; the journal keeps it."""
    approval.state, approval.plan_hash, approval.secret_hash, approval.comment = ApprovalState.NAMED, "", "", ""
    approval.asked_at = approval.expires_at = approval.answered_at = None
    approval.is_recorded = False


def _naming_faults(row: Application, name: str, email: str) -> list[Reason]:
    found = []
    if not name:
        found.append(Reason("manager-name", Text("Geef een naam.", "Give a name."), field="name"))
    try:
        validate_email(email)
    except ValidationError:
        found.append(Reason("manager-email", Text("Geef een e-mailadres.", "Give an e-mail address."), field="email"))
    own = {each.lower() for each in row.person.emails.values_list("email", flat=True)}
    account = getattr(row.person, "account", None)
    if email and email in own | ({account.email} if account else set()):
        found.append(Reason("manager-self", Text("Dit is je eigen adres.", "This is your own address."), field="email"))
    return found
