"""Scholarships of the institution: what is open, what I asked for, and a new request judged before it is sent."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.applications.queries.eligibility import enrolments_on
from goliard.apps.grants.models import Scholarship, ScholarshipScheme
from goliard.apps.grants.policies import may_ask_scholarship, may_hold_scholarship
from goliard.apps.grants.queries.offered import offered_schemes
from goliard.apps.grants.queries.verdicts import ScholarshipVerdict, verdict_on
from goliard.apps.grants.services.asking import ask_scholarship, asked, withdraw_scholarship
from goliard.apps.institutions.refusals import Refused
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.shared.scholarship_forms import StayForm
from goliard.portals.student.finding import person_of, tell
from goliard.rules.lifecycles.transition import TransitionRefused


@door(may_ask_scholarship)
def scholarships(request: ActorRequest) -> HttpResponse:
    """What is open today, and what I asked for."""
    person, today = person_of(request), timezone.localdate()
    offered = offered_schemes(today, [row.cycle for row in enrolments_on(person, today)] if person else [])
    mine = Scholarship.objects.filter(person=person).select_related("scheme", "country") if person else ()
    return render(request, "student/scholarships.html", {"offered": offered, "mine": mine, "person": person})


@door(may_ask_scholarship)
def ask(request: ActorRequest, key: str) -> HttpResponse:
    """A request: looked through first, then sent."""
    scheme = get_object_or_404(ScholarshipScheme, key=key)
    person, now = person_of(request), timezone.now()
    form = StayForm(request.POST if request.method == "POST" else None)
    verdict: ScholarshipVerdict | None = None
    if person is not None and form.is_valid():
        try:
            verdict = verdict_on(asked(scheme=scheme, person=person, words=form.words(), now=now))
            if "send" in request.POST:
                ask_scholarship(scheme=scheme, person=person, words=form.words(), actor=request.actor, now=now)
                messages.success(request, _("Sent; you get a receipt by e-mail."))
                return redirect("student:scholarships")
        except Refused as refused:
            verdict = verdict or ScholarshipVerdict(None, None, tuple(refused.reasons))
    context = {"scheme": scheme, "form": form, "verdict": verdict, "person": person}
    return render(request, "student/scholarship_ask.html", context, status=422 if form.errors else 200)


@door(may_ask_scholarship)
def scholarship(request: ActorRequest, public_id: str) -> HttpResponse:
    """One request: where it stands and why."""
    row = _own(request, public_id)
    return render(request, "student/scholarship.html", {"row": row, "verdict": verdict_on(row)})


@require_POST
@door(may_ask_scholarship)
def withdraw(request: ActorRequest, public_id: str) -> HttpResponse:
    """Take it back."""
    try:
        withdraw_scholarship(scholarship=_own(request, public_id), actor=request.actor, now=timezone.now())
    except TransitionRefused as refused:
        tell(request, refused)
    return redirect("student:scholarship", public_id=public_id)


def _own(request: ActorRequest, public_id: str) -> Scholarship:
    row: Scholarship = get_object_or_404(Scholarship.objects.select_related("scheme", "country"), public_id=public_id)
    refuse_unless(may_hold_scholarship(request.actor, row))
    return row
