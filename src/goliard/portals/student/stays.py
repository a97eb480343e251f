"""The planned stay: saved by itself as the questions are; without JavaScript by a button."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_write_applications
from goliard.apps.applications.queries.stays import asks_stay, missing_in_stay, wishes_own_host
from goliard.apps.applications.services.stays import save_stay
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.audience import lead
from goliard.portals.student.finding import faults_of, find, following, frame, seen_in, told
from goliard.portals.student.stay_forms import StayForm


@door(may_write_applications)
def stay(request: ActorRequest, public_id: str) -> HttpResponse:
    """The form. htmx gets the line that says when it was saved, and what is missing."""
    arrived = arrived_at(request)
    application = find(request, public_id)
    if not asks_stay(application.round):
        raise Http404
    if request.method == "POST":
        return _save(request, application, arrived)
    return _page(request, application, StayForm(application), [])


def _save(request: ActorRequest, application: Application, arrived: datetime) -> HttpResponse:
    form = StayForm(application, request.POST)
    faults = []
    if form.is_valid():
        try:
            application = save_stay(application=application, words=form.words(), seen=seen_in(request), actor=request.actor, now=arrived)
        except ChangedMeanwhile:
            faults = [_("Not saved: you changed this in another window. Load this page again to see what was saved there.")]
        except Refused as refused:
            faults = told(refused)
    else:
        faults = [f"{form.fields[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
    onwards = "next" in request.POST and not faults
    if request.htmx and onwards:
        return HttpResponseClientRedirect(following(request, application, "stay"))
    if request.htmx:
        return render(request, "student/stay_saved.html", _saved(application, faults))
    if faults:
        return _page(request, application, form, faults)
    if onwards:
        return redirect(following(request, application, "stay"))
    messages.success(request, _("Saved."))
    return lead(request, "stay", public_id=application.public_id)


def _page(request: ActorRequest, application: Application, form: StayForm, faults: list[str]) -> HttpResponse:
    context = {
        **frame(request, application, "stay", faults_of(application)),
        **_saved(application, faults),
        "form": form,
        "wishes_own_host": wishes_own_host(application),
        "quiet": True,
    }
    return render(request, "student/stay.html", context, status=422 if faults else 200)


def _saved(application: Application, faults: list[str]) -> dict[str, object]:
    return {"application": application, "faults": faults, "saved": not faults, "lacking": missing_in_stay(application, localdate())}
