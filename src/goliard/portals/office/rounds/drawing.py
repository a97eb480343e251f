"""Draw destinations of a round out of agreements in effect and of a project's flows; change and give back places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from goliard.apps.institutions.refusals import Refused
from goliard.apps.rounds.choices import RoundKind, TermChoice
from goliard.apps.rounds.models import DestinationPool, RoundDestination
from goliard.apps.rounds.policies import may_edit_round, may_read_rounds
from goliard.apps.rounds.queries.sources import Source, sources_of
from goliard.apps.rounds.services.destinations import change_places, draw_condition, draw_flow, withdraw_destination
from goliard.apps.rounds.services.hosts import offer_places
from goliard.portals.office.lookups import lookup_rows
from goliard.portals.office.registers.editing import sentences
from goliard.portals.office.registers.fields import LookupField
from goliard.portals.office.rounds.acting import tell, the_round
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest

SHOWN = 60


class HostForm(forms.Form):
    """Places for trainees that come from no agreement."""

    organisation = LookupField(lookup_rows("organisations"), "organisations", required=False, label=gettext_lazy("Host"))
    is_own_host = forms.BooleanField(required=False, label=gettext_lazy("A host that applicants find themselves"))
    places = forms.IntegerField(min_value=1, max_value=999, label=gettext_lazy("Places"))


@dataclass(frozen=True, slots=True)
class Asked:
    """A source with what was typed beside it."""

    source: Source
    places: str


@door(may_read_rounds)
def draw(request: ActorRequest, pk: int) -> HttpResponse:
    """What agreements and projects have left for the round, by partner; type how many to draw."""
    round_ = the_round(request, pk)
    text, term = request.GET.get("q", "")[:100], request.POST.get("term", TermChoice.ANY)
    found = sources_of(round_, text)
    faults: list[str] = []
    if request.method == "POST":
        wanted = [(source, int(value)) for source in found if (value := request.POST.get(source.name, "")).isdecimal() and int(value[:5])]
        faults = _draw_all(request, round_, wanted, term if term in TermChoice.values else TermChoice.ANY)
        if not faults:
            drawn = sum(places for _source, places in wanted)
            messages.success(request, ngettext("%(n)d place is drawn.", "%(n)d places are drawn.", drawn) % {"n": drawn})
            return redirect("office:rounds-row", pk=pk)
    context = {
        "round": round_,
        "rows": [Asked(source, request.POST.get(source.name, "")) for source in found[:SHOWN]],
        "more": max(0, len(found) - SHOWN),
        "q": text,
        "terms": TermChoice.choices,
        "term": term,
        "faults": faults,
        "hosts": HostForm() if round_.kind == RoundKind.TRAINEESHIP else None,
    }
    return render(request, "office/rounds/draw.html", context, status=422 if faults else 200)


@require_POST
@door(may_read_rounds)
def hosts(request: ActorRequest, pk: int) -> HttpResponse:
    """Offer places for trainees without an agreement: at a host, or for hosts that applicants find."""
    round_ = the_round(request, pk)
    form = HostForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a host, and give the number of places."))
        return redirect("office:round-draw", pk=pk)
    given = form.cleaned_data
    host = None if given["is_own_host"] else given["organisation"]
    if host is None and not given["is_own_host"]:
        messages.error(request, _("Choose a host, and give the number of places."))
        return redirect("office:round-draw", pk=pk)
    try:
        offer_places(round=round_, organisation=host, places=given["places"], actor=request.actor, now=timezone.now())
    except Refused as refused:
        tell(request, refused)
        return redirect("office:round-draw", pk=pk)
    messages.success(request, ngettext("%(n)d place is offered.", "%(n)d places are offered.", given["places"]) % {"n": given["places"]})
    return redirect("office:rounds-row", pk=pk)


def _draw_all(request: ActorRequest, round_: Any, wanted: list[tuple[Source, int]], term: str) -> list[str]:
    """Draw all or nothing; return what stands in the way."""
    if not wanted:
        return [_("Type how many places to draw.")]
    try:
        with transaction.atomic():
            for source, places in wanted:
                given = {"round": round_, "places": places, "term": term, "actor": request.actor, "now": timezone.now()}
                if source.condition is not None:
                    draw_condition(condition=source.condition, **given)
                elif source.flow is not None:
                    draw_flow(flow=source.flow, organisation=source.partner, **given)
    except Refused as refused:
        return [f"{source.partner}: {sentence}" for sentence in sentences(refused)]
    return []


@require_POST
@door(may_read_rounds)
def places(request: ActorRequest, pk: int) -> HttpResponse:
    """More or fewer places in a pool."""
    pool = get_object_or_404(DestinationPool.objects.select_related("destination__round"), pk=pk)
    refuse_unless(may_edit_round(request.actor, pool.destination.round))
    number = request.POST.get("places", "")
    if not number.isdecimal() or len(number) > 5:
        messages.error(request, _("Give a number of places."))
    else:
        reason = request.POST.get("reason", "")[:500]
        try:
            change_places(pool=pool, places=int(number), actor=request.actor, now=timezone.now(), reason=reason)
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(request, _("The number of places is changed."))
    return redirect("office:round-destinations-row", pk=pool.destination_id)


@require_POST
@door(may_read_rounds)
def withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """Take a destination out of its round."""
    destination = get_object_or_404(RoundDestination.objects.select_related("round"), pk=pk)
    refuse_unless(may_edit_round(request.actor, destination.round))
    try:
        withdraw_destination(destination=destination, reason=request.POST.get("reason", "")[:500], actor=request.actor, now=timezone.now())
    except Refused as refused:
        tell(request, refused)
    return redirect("office:round-destinations-row", pk=pk)
