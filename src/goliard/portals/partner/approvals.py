"""The page of a line manager: who asks, what is planned, and the answer; open by the link of the letter only."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goliard.apps.applications.models import ManagerApproval
from goliard.apps.applications.services.approvals import open_approval
from goliard.portals.partner.entrance import guarded
from goliard.portals.shared.answering import answered
from goliard.portals.shared.doors import anyone, door
from goliard.rules.access.actor import Actor


@door(anyone)
def page(request: HttpRequest, secret: str) -> HttpResponse:
    """Read and answer."""

    def show(found: ManagerApproval) -> HttpResponse:
        context, faults = answered(request, found, Actor("anonymous"))
        return render(request, "partner/approval.html", context, status=422 if faults else 200)

    return guarded(request, lambda: open_approval(secret=secret, now=timezone.now()), show)
