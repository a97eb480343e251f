"""A line manager's answer, whether they came by the link of a letter or by their account."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language

from goliard.apps.applications.models import ManagerApproval
from goliard.apps.applications.queries.approvals import plan_told
from goliard.apps.applications.services.approvals import answer_approval
from goliard.apps.institutions.refusals import Refused
from goliard.portals.shared.words import sentences
from goliard.rules.access.actor import Actor


def answered(request: HttpRequest, approval: ManagerApproval, actor: Actor) -> tuple[dict[str, Any], list[str]]:
    """Take what was sent, if anything, and return what the page shows with the faults in it."""
    faults: list[str] = []
    if request.method == "POST" and request.POST.get("answer") in {"yes", "no"}:
        try:
            approval = answer_approval(
                approval=approval, seen=request.POST.get("seen", ""), is_approved=request.POST["answer"] == "yes",
                comment=request.POST.get("comment", ""), actor=actor, now=timezone.now(),
            )  # fmt: skip
        except Refused as refused:
            faults = sentences(refused.reasons)
    application = approval.application
    context = {
        "approval": approval,
        "application": application,
        "round": application.round,
        "plan": plan_told(application, get_language() or "en"),
        "faults": faults,
        "comment": request.POST.get("comment", "") if faults else "",
    }
    return context, faults
