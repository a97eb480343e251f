"""What I am asked as line manager: found by the e-mail address of my account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from goliard.apps.applications.models import ManagerApproval
from goliard.apps.applications.policies import may_answer_approval, may_answer_approvals
from goliard.apps.applications.queries.approvals import approvals_of_manager, asked_approvals
from goliard.portals.shared.answering import answered
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest


@door(may_answer_approvals)
def approvals(request: ActorRequest) -> HttpResponse:
    """What waits for my answer, and what I answered."""
    return render(request, "staff/approvals.html", {"approvals": approvals_of_manager(request.actor)})


@door(may_answer_approvals)
def approval(request: ActorRequest, public_id: str) -> HttpResponse:
    """One request."""
    found: ManagerApproval = get_object_or_404(asked_approvals(), application__public_id=public_id)
    refuse_unless(may_answer_approval(request.actor, found))
    context, faults = answered(request, found, request.actor)
    if request.method == "POST" and not faults:
        messages.success(request, _("Your answer is in. Thank you."))
        return redirect("staff:approvals")
    return render(request, "staff/approval.html", context, status=422 if faults else 200)
