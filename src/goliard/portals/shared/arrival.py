"""Where sign-in leads: the office for who works there, proposals for staff, their exchange for students, else the home page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from goliard.apps.accounts.actors import actor_for
from goliard.apps.applications.policies import may_apply
from goliard.apps.funding.policies import may_propose
from goliard.portals.shared.doors import door, signed_in
from goliard.portals.shared.requests import ActorRequest


@door(signed_in)
def arrival(request: ActorRequest) -> HttpResponse:
    """Lead on. A role that waits for its second factor is led to the office too: the door there leads to setting it up."""
    if not request.user.is_authenticated:
        return redirect("public:home")
    actor = actor_for(request.user, localdate())
    if actor.reads_office:
        return redirect("office:dashboard")
    if may_propose(actor):
        return redirect("staff:home")
    return redirect("student:home" if may_apply(actor) else "public:home")
