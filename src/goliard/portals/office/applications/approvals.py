"""What the office does about a line manager's approval: ask again, or record what came otherwise."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_manage_application, may_read_applications
from goliard.apps.applications.queries.applications import applications
from goliard.apps.applications.services.approvals import ask_again, record_approval
from goliard.apps.institutions.refusals import Refused
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest


@require_POST
@door(may_read_applications)
def approval(request: ActorRequest, pk: int) -> HttpResponse:
    """Send a fresh link (`ask`), or record an answer (`yes`, `no`) with how it is known."""
    application: Application = get_object_or_404(applications(), pk=pk)
    refuse_unless(may_manage_application(request.actor, application))
    word = request.POST.get("word", "")
    try:
        if word == "ask":
            ask_again(application=application, page=lambda secret: _page(request, secret), actor=request.actor, now=timezone.now())
            messages.success(request, _("Asked again; a letter with a new link leaves."))
        elif word in {"yes", "no"}:
            record_approval(
                application=application, is_approved=word == "yes", reason=request.POST.get("words", "")[:500], actor=request.actor,
                now=timezone.now(),
            )  # fmt: skip
            messages.success(request, _("Recorded; the applicant gets a letter."))
    except Refused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    return redirect("office:applications-row", pk)


def _page(request: ActorRequest, secret: str) -> str:
    return request.build_absolute_uri(reverse("partner:approval", args=[secret]))
