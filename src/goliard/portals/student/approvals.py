"""Who my line manager is, and what they said of my application."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from goliard.apps.applications.policies import may_write_applications
from goliard.apps.applications.queries.approvals import approval_of
from goliard.apps.applications.services.approvals import name_manager
from goliard.apps.institutions.refusals import Refused
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.finding import faults_of, find_own, following, frame, told


@door(may_write_applications)
def approval(request: ActorRequest, public_id: str) -> HttpResponse:
    """Name the line manager; whom the staff system names stands fast. They are asked when the application is handed in."""
    arrived = arrived_at(request)
    application = find_own(request, public_id)
    if not application.round.asks_approval:
        raise Http404
    faults: list[str] = []
    if request.method == "POST":
        name, email = request.POST.get("name", ""), request.POST.get("email", "")[:254]
        try:
            name_manager(application=application, name=name, email=email, actor=request.actor, now=arrived)
        except Refused as refused:
            faults = told(refused)
        else:
            messages.success(request, _("Saved."))
            return redirect(following(request, application, "approval"))
    there, known = approval_of(application), application.appointment
    is_known = known is not None and bool(known.manager_email)
    context = {
        **frame(request, application, "approval", faults_of(application)),
        "approval": there,
        "is_known": is_known,
        "name": request.POST.get("name") or (known.manager_name if known and is_known else there.name if there else ""),
        "email": request.POST.get("email") or (known.manager_email if known and is_known else there.email if there else ""),
        "faults": faults,
    }
    return render(request, "student/approval.html", context, status=422 if faults else 200)
