"""The wishes, arranged with buttons (which work without JavaScript) or by dragging."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRedirect

from goliard.apps.applications.models import Application
from goliard.apps.applications.policies import may_open_applications
from goliard.apps.applications.queries.eligibility import Verdict
from goliard.apps.applications.services.writing import WishWords, save_wishes
from goliard.apps.institutions.refusals import ChangedMeanwhile, Refused
from goliard.apps.rounds.choices import TermChoice
from goliard.portals.shared.arriving import arrived_at
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.portals.student.audience import lead
from goliard.portals.student.finding import (
    faults_of,
    find,
    find_to_write,
    following,
    frame,
    kept_open,
    seen_in,
    told,
    verdicts_for,
    wish_faults,
)
from goliard.rules.values.folding import fold

MOST = 60  # wishes that a form may send; a round allows fewer


@door(may_open_applications)
def wishes(request: ActorRequest, public_id: str) -> HttpResponse:
    """My wishes in order, what I can add, and why not the rest."""
    arrived = arrived_at(request)
    if request.method == "POST":
        return _change(request, find_to_write(request, public_id), arrived)
    return _page(request, find(request, public_id), [])


def _change(request: ActorRequest, application: Application, arrived: datetime) -> HttpResponse:
    faults = []
    try:
        application = save_wishes(application=application, wishes=_asked(request), seen=seen_in(request), actor=request.actor, now=arrived)
    except ChangedMeanwhile:
        faults = [_("Not saved: you changed your wishes in another window. Below they are as they were saved there; change them again.")]
    except Refused as refused:
        faults = told(refused)
    onwards = "next" in request.POST and not faults
    if request.htmx and onwards:
        return HttpResponseClientRedirect(following(request, application, "wishes"))
    if request.htmx or faults:
        if faults:
            application.refresh_from_db()
        return _page(request, application, faults)
    if onwards:
        return redirect(following(request, application, "wishes"))
    messages.success(request, _("Saved."))
    return lead(request, "wishes", public_id=application.public_id)


def _asked(request: ActorRequest) -> list[WishWords]:
    """The wishes as the form has them, after the button that was pressed: up:7, down:7, remove:7 or add:7."""
    order = [int(key) for key in request.POST.getlist("wish")[:MOST] if key.isdecimal() and len(key) < 18]
    action, _colon, key = request.POST.get("do", "").partition(":")
    destination = int(key) if key.isdecimal() and len(key) < 18 else 0
    if action == "add":
        order.append(destination)
    elif destination in order:
        place = order.index(destination)
        order.remove(destination)
        if action in {"up", "down"}:
            order.insert(max(0, place - 1) if action == "up" else place + 1, destination)
    return [WishWords(key, _term(request, key)) for key in order]


def _term(request: ActorRequest, key: int) -> str:
    term = request.POST.get(f"term_{key}", "")
    return term if term in TermChoice.values else TermChoice.ANY.value


def _page(request: ActorRequest, application: Application, faults: list[str]) -> HttpResponse:
    verdicts = verdicts_for(application)
    lacking = wish_faults(application, verdicts) if request.htmx else faults_of(application, verdicts)
    by_destination = {each.destination.pk: each for each in verdicts}
    chosen = list(application.preferences.all())
    there = {row.destination_id for row in chosen}
    words = fold(request.GET.get("q", "") or request.POST.get("q", "")).split()
    possible = [each for each in verdicts if not each.refusals and each.destination.pk not in there]
    context = {
        **(kept_open(request, application) if request.htmx else frame(request, application, "wishes", lacking)),
        "chosen": [(row, _terms(by_destination.get(row.destination_id)), by_destination.get(row.destination_id)) for row in chosen],
        "possible": [each for each in possible if all(word in _searched(each) for word in words)],
        "possible_total": len(possible),
        "barred": [each for each in verdicts if each.refusals],
        "faults": faults,
        "lacking": [fault for fault in lacking if fault.field == "wishes"],
        "is_full": len(chosen) >= application.round.wishes_max,
        "q": request.GET.get("q", ""),
    }
    template = "student/wishes_part.html" if request.htmx else "student/wishes.html"
    return render(request, template, context, status=409 if faults and not request.htmx else 200)


def _terms(verdict: Verdict | None) -> list[tuple[str, str]]:
    """The semesters to choose from: any, and those in which there are places."""
    if verdict is None:
        return [(TermChoice.ANY.value, str(TermChoice.ANY.label))]
    offered = [term for term in TermChoice if term is not TermChoice.ANY and (not verdict.terms or term.value in verdict.terms)]
    return [(term.value, str(term.label)) for term in (TermChoice.ANY, *offered)]


def _searched(verdict: Verdict) -> str:
    destination = verdict.destination
    country = destination.organisation.country
    names = (destination.name("nl"), destination.name("en"), country.name_nl if country else "", country.name_en if country else "")
    return fold(" ".join(names))
