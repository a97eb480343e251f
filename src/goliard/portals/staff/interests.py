"""One proposal: where it stands, what it costs, what happens next and who acts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.accounts.queries import account_of
from goliard.apps.funding.choices import CallState, FlowStage, InterestState
from goliard.apps.funding.models import ExpressionOfInterest, FundingCall, InterestDecision, ProjectApplication
from goliard.apps.funding.policies import (
    may_edit_interest,
    may_edit_partnership,
    may_propose,
    may_see_interest,
    may_submit_interest,
    may_withdraw_interest,
)
from goliard.apps.funding.queries.budgets import budget_of
from goliard.apps.funding.queries.interests import interest_facts, interests
from goliard.apps.funding.queries.timeline import timeline
from goliard.apps.funding.services.interests import start_interest, submit_interest, withdraw_interest
from goliard.apps.institutions.refusals import Refused
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.shared.words import sentences
from goliard.rules.funding.interest import interest_faults
from goliard.rules.lifecycles.transition import TransitionRefused


@require_POST
@door(may_propose)
def start(request: ActorRequest, key: str) -> HttpResponse:
    """Begin a draft and go on to its form."""
    call = get_object_or_404(FundingCall, key=key, state__in=[CallState.ANNOUNCED, CallState.OPEN])
    owner = account_of(request.actor)
    if owner is None:
        raise Http404
    try:
        interest = start_interest(call=call, owner=owner, actor=request.actor, now=timezone.now())
    except Refused as refused:
        _tell(request, refused)
        return redirect("staff:home")
    return redirect("staff:interest-edit", public_id=interest.public_id)


@door(may_propose)
def page(request: ActorRequest, public_id: str) -> HttpResponse:
    """One proposal: status, timeline, budget with its lines, receipts, and what one may do."""
    interest = find(request, public_id)
    lacking = interest_faults(interest_facts(interest)) if interest.state == InterestState.DRAFT else ()
    context: dict[str, Any] = {
        "interest": interest,
        "answers": interest.answers.select_related("question"),
        "priorities": interest.priorities.select_related("priority"),
        "flows": [flow for flow in interest.flows.all() if flow.stage == FlowStage.INTEREST],
        "budget": budget_of(interest),
        "lacking": lacking,
        "submissions": interest.submissions.all(),
        "timeline": timeline(interest.call, timezone.now()),
        "decision": InterestDecision.objects.filter(interest=interest).first(),
        "may_edit": may_edit_interest(request.actor, interest),
        "may_apply": may_edit_partnership(request.actor, interest)
        and ProjectApplication.objects.filter(call=interest.call, state="draft").exists(),
        "may_submit": may_submit_interest(request.actor, interest) and interest.state == InterestState.DRAFT,
        "may_withdraw": may_withdraw_interest(request.actor, interest),
    }
    return render(request, "staff/interest.html", context)


@require_POST
@door(may_propose)
def submit(request: ActorRequest, public_id: str) -> HttpResponse:
    """Hand in; the moment that counts is the one at which the request arrived."""
    arrived = timezone.now()
    interest = find(request, public_id)
    refuse_unless(may_submit_interest(request.actor, interest))
    try:
        submission = submit_interest(interest=interest, actor=request.actor, now=arrived)
    except (Refused, TransitionRefused) as refused:
        _tell(request, refused)
    else:
        messages.success(request, _("Submitted. Your receipt: %(hash)s") % {"hash": submission.content_hash[:16]})
    return redirect("staff:interest", public_id=public_id)


@require_POST
@door(may_propose)
def withdraw(request: ActorRequest, public_id: str) -> HttpResponse:
    """Withdraw."""
    interest = find(request, public_id)
    refuse_unless(may_withdraw_interest(request.actor, interest))
    try:
        withdraw_interest(interest=interest, reason=request.POST.get("reason", "")[:500], actor=request.actor, now=timezone.now())
    except (Refused, TransitionRefused) as refused:
        _tell(request, refused)
    return redirect("staff:interest", public_id=public_id)


@door(may_propose)
def receipt(request: ActorRequest, public_id: str, number: int) -> HttpResponse:
    """Exactly what was handed in, byte for byte: its SHA-256 is the receipt's hash."""
    interest = find(request, public_id)
    submission = get_object_or_404(interest.submissions, number=number)
    response = HttpResponse(submission.content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="interest-{interest.public_id}-{number}.json"'
    return response


def find(request: ActorRequest, public_id: str) -> ExpressionOfInterest:
    """Return the proposal, if it is for the actor to see; 404 where there is none, 403 where it is somebody else's."""
    interest: ExpressionOfInterest = get_object_or_404(interests(), public_id=public_id)
    refuse_unless(may_see_interest(request.actor, interest))
    return interest


def _tell(request: ActorRequest, refused: Refused | TransitionRefused) -> None:
    told = sentences(refused.reasons) if isinstance(refused, Refused) else [refused.reason.in_language(get_language() or "en")]
    for sentence in told:
        messages.error(request, sentence)
