"""Where an application stands, what is in it, and handing it in."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_open_applications, may_write_applications
from goliard.apps.applications.queries.applications import newest_submission, step_of_application
from goliard.apps.applications.queries.approvals import approval_of
from goliard.apps.applications.queries.form import asked_questions, document_state
from goliard.apps.applications.queries.stays import asks_stay, host_of, stay_of, wishes_own_host
from goliard.apps.applications.queries.told import own_hash, told_own
from goliard.apps.applications.services.submitting import resume_application, submit_application, withdraw_application
from goliard.apps.institutions.refusals import Refused
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.answers import shown_answer
from goliard.portals.student.audience import lead
from goliard.portals.student.finding import faults_of, find, find_own, find_to_write, frame, tell
from goliard.rules.lifecycles.transition import TransitionRefused


@door(may_open_applications)
def page(request: ActorRequest, public_id: str) -> HttpResponse:
    """Status, next step, receipts, what the office asks, withdrawal."""
    application = find(request, public_id)
    faults = faults_of(application) if application.state == ApplicationState.DRAFT else ()
    context = {
        **frame(request, application, "status", faults),
        "faults": faults,
        "step": step_of_application(application, timezone.now(), has_changes=_has_changes(application)),
        "submissions": application.submissions.all(),
        "requests": application.requests.select_related("file"),
        "approval": approval_of(application) if application.round.asks_approval else None,
        "now": timezone.now(),
    }
    return render(request, "student/application.html", context)


@door(may_open_applications)
def review(request: ActorRequest, public_id: str) -> HttpResponse:
    """Everything as it would be handed in, what is missing, and the button."""
    application = find(request, public_id)
    faults = faults_of(application)
    context = {
        **frame(request, application, "review", faults),
        "faults": faults,
        "wishes": application.preferences.all(),
        "answers": [(each, shown_answer(each)) for each in asked_questions(application)],
        "documents": document_state(application),
        "stay": stay_of(application) if asks_stay(application.round) else None,
        "host": host_of(application) if wishes_own_host(application) else None,
        "approval": approval_of(application) if application.round.asks_approval else None,
        "has_changes": _has_changes(application),
        "given": newest_submission(application) if application.state == ApplicationState.SUBMITTED else None,
    }
    return render(request, "student/review.html", context)


@require_POST
@door(may_open_applications)
def submit(request: ActorRequest, public_id: str) -> HttpResponse:
    """Hand in; the moment that counts is the one at which the request arrived."""
    arrived = arrived_at(request)
    application = find_to_write(request, public_id)
    try:
        submit_application(application=application, actor=request.actor, now=arrived, approval_page=_approval_page(request))
    except (Refused, TransitionRefused) as refused:
        tell(request, refused)
        return lead(request, "review", public_id=public_id)
    messages.success(request, _("Submitted. The receipt is below and in your mail."))
    return lead(request, "application", public_id=public_id)


@require_POST
@door(may_write_applications)
def withdraw(request: ActorRequest, public_id: str) -> HttpResponse:
    """Withdraw."""
    application = find_own(request, public_id)
    try:
        withdraw_application(application=application, reason="", actor=request.actor, now=timezone.now())
    except (Refused, TransitionRefused) as refused:
        tell(request, refused)
    return lead(request, "application", public_id=public_id)


@require_POST
@door(may_write_applications)
def resume(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take up again what was withdrawn."""
    arrived = arrived_at(request)
    application = find_own(request, public_id)
    try:
        resume_application(application=application, actor=request.actor, now=arrived)
    except (Refused, TransitionRefused) as refused:
        tell(request, refused)
        return lead(request, "application", public_id=public_id)
    return lead(request, "review", public_id=public_id)


@door(may_write_applications)
def receipt(request: ActorRequest, public_id: str, number: int) -> HttpResponse:
    """Exactly what was handed in, byte for byte: its SHA-256 is the receipt's hash."""
    application = find(request, public_id)
    submission = get_object_or_404(application.submissions, number=number)
    response = HttpResponse(submission.content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="application-{application.pk}-{number}.json"'
    return response


def _approval_page(request: ActorRequest) -> Callable[[str], str]:
    """From the secret of a line manager's link to the address of its page."""
    return lambda secret: request.build_absolute_uri(reverse("partner:approval", args=[secret]))


def _has_changes(application: Application) -> bool:
    """Whether something was changed since it was handed in."""
    if application.state != ApplicationState.SUBMITTED:
        return False
    given = newest_submission(application)
    return given is not None and given.own_hash != own_hash(told_own(application))
