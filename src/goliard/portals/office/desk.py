"""The desk: what asks for attention."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from goliard.portals.office.policies import may_open_office
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest


@door(may_open_office)
def dashboard(request: ActorRequest) -> HttpResponse:
    """The office's first screen."""
    return render(request, "office/dashboard.html", {})
