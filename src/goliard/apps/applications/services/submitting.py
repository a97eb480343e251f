"""Hand in, withdraw, take up again, give one person more time."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from goliard.apps.applications.letters import RECEIVED, REOPENED, WITHDRAWN
from goliard.apps.applications.models import Application, ApplicationSubmission, SubmittedDocument
from goliard.apps.applications.queries.applications import DECIDED, NOT_OPEN, newest_submission
from goliard.apps.applications.queries.eligibility import person_facts, verdicts_of
from goliard.apps.applications.queries.form import facts_of_application
from goliard.apps.applications.queries.told import digest, own_hash, told_own, told_submission
from goliard.apps.applications.services.approvals import Page, ask_at_submission
from goliard.apps.applications.services.letters import send_letter, told_until
from goliard.apps.applications.services.locking import locked, refuse_closed
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.rules.access.actor import Actor
from goliard.rules.applications.completeness import application_faults
from goliard.rules.applications.lateness import told_moment
from goliard.rules.lifecycles.round_application import ROUND_APPLICATION
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def submit_application(
    *, application: Application, actor: Actor, now: datetime, approval_page: Page | None = None
) -> ApplicationSubmission:
    """Hand in; `now` is when the request arrived. Until the deadline it may be done again: the newest one counts.

    Where the round asks for it the line manager is asked, with a link to `approval_page`.

    Handing in the same thing again returns the same receipt and writes nothing, late or not. Raises Refused when it is late, incomplete or
    names a destination where the person may not go; TransitionRefused for a withdrawn one.
    """
    row = locked(application)
    state = ROUND_APPLICATION.next_state(state=row.state, action="submit", actor=actor)
    own = told_own(row)
    given = newest_submission(row)
    if given is not None and row.state == state and given.own_hash == own_hash(own):
        return given
    refuse_closed(row, now)
    day = now.astimezone(ZoneInfo(row.round.zone)).date()
    facts = person_facts(row.person, row.standing, day)
    verdicts = verdicts_of(row.round, facts, day)
    if faults := application_faults(facts_of_application(row, verdicts, day)):
        raise Refused(faults)
    number = given.number + 1 if given else 1
    content = told_submission(row, own, number=number, received_at=now, facts=facts, verdicts=verdicts)
    submission = ApplicationSubmission.objects.create(
        application=row, number=number, received_at=now, content=content, content_hash=digest(content), own_hash=own_hash(own)
    )
    SubmittedDocument.objects.bulk_create(
        SubmittedDocument(submission=submission, requirement_id=each.requirement_id, file_id=each.file_id) for each in row.documents.all()
    )
    row.state = state
    row.save(update_fields=["state"])
    details = {"number": number, "hash": submission.content_hash}
    record(actor=actor, verb="submit-application", subject=row, now=now, details=details)
    _send_receipt(row, submission, own)
    ask_at_submission(application=row, own=own, page=approval_page, actor=actor, now=now)
    return submission


@transaction.atomic
def withdraw_application(*, application: Application, reason: str, actor: Actor, now: datetime) -> Application:
    """Withdraw; what was handed in stays on record. Raises TransitionRefused where it no longer can, Refused once places are given out."""
    row = locked(application)
    if row.round.state in DECIDED:
        text = Text(
            "De plaatsen zijn verdeeld: trek je terug bij je plaats, of vraag het bureau.", "The places are given out: ask the office."
        )
        raise Refused([Reason("application.decided", text)])
    row.state = ROUND_APPLICATION.next_state(state=row.state, action="withdraw", actor=actor)
    row.save(update_fields=["state"])
    record(actor=actor, verb="withdraw-application", subject=row, now=now, reason=reason.strip()[:500])
    if number := row.submissions.count():
        send_letter(letter=WITHDRAWN, application=row, values={"number": str(row.pk)}, now=now, once=f"{number}-{now:%Y%m%d%H%M%S}")
    return row


@transaction.atomic
def resume_application(*, application: Application, actor: Actor, now: datetime) -> Application:
    """Take a withdrawn application up again, as a draft that has to be handed in anew. Raises Refused when it is late."""
    row = locked(application)
    row.state = ROUND_APPLICATION.next_state(state=row.state, action="resume", actor=actor)
    row.save(update_fields=["state"])
    refuse_closed(row, now)  # late: the transaction takes the new state back
    record(actor=actor, verb="resume-application", subject=row, now=now)
    return row


@transaction.atomic
def reopen_application(*, application: Application, until: datetime, reason: str, actor: Actor, now: datetime) -> Application:
    """Give one person time until a later moment, with a letter that says why. Raises Refused without a reason, or where it helps nobody."""
    row = locked(application)
    reasons = []
    if not reason.strip():
        text = Text("Geef de reden: die staat in het journaal en in de brief.", "Give the reason: it goes into the journal and the letter.")
        reasons.append(Reason("application.why", text, field="reason"))
    if until <= now:
        reasons.append(Reason("application.passed", Text("Dit moment is al voorbij.", "This moment has passed."), field="until"))
    if row.round.state in DECIDED:
        reasons.append(NOT_OPEN)
    if reasons:
        raise Refused(reasons)
    row.reopened_until, row.reopening_reason = until, reason.strip()[:500]
    row.save(update_fields=["reopened_until", "reopening_reason"])
    record(actor=actor, verb="reopen-for-one", subject=row, now=now, reason=row.reopening_reason, details={"until": until})
    values = {"until": told_until(row, row.language), "reason": row.reopening_reason}
    send_letter(letter=REOPENED, application=row, values=values, now=now, once=f"{until:%Y%m%d%H%M}")
    return row


def _send_receipt(row: Application, submission: ApplicationSubmission, own: dict[str, Any]) -> None:
    language = row.language
    wishes = "\n".join(f"{wish['rank']}. {wish['name'][language]}" for wish in own["wishes"])
    values = {
        "number": str(row.pk), "received": told_moment(submission.received_at, row.round.zone), "hash": submission.content_hash,
        "wishes": wishes, "until": told_until(row, language),
    }  # fmt: skip
    send_letter(letter=RECEIVED, application=row, values=values, now=submission.received_at, once=str(submission.number))
