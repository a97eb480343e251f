"""A later round for what is left: how many places go along, who is invited, until when; and the letters that invite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from goliard.apps.applications.services.letters import address_of
from goliard.apps.messaging.services.queue import texts
from goliard.apps.placement.choices import Invited
from goliard.apps.placement.letters import LATER_ROUND
from goliard.apps.placement.policies import may_read_placement
from goliard.apps.placement.queries.desk import Filled, filled_pools
from goliard.apps.placement.queries.later import invitation, invited_by_letter, unplaced_in
from goliard.apps.placement.services.later import LaterDates, open_round_for_what_is_left, send_invitations
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import Round
from goliard.portals.office.placement.finding import done, own_round
from goliard.portals.office.placement.words import name_of
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.values.texts import Text

SHOWN = 50
DAY = {"type": "date"}


class LaterForm(forms.Form):
    """What a later round is called, when it is open, and who may take part."""

    key = forms.SlugField(label=_("key"), max_length=80)
    title_nl = forms.CharField(label=_("title in Dutch"), max_length=200)
    title_en = forms.CharField(label=_("title in English"), max_length=200)
    opens_on = forms.DateField(label=_("opens on"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    closes_on = forms.DateField(label=_("deadline"), widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    results_on = forms.DateField(label=_("results by"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    answer_by = forms.DateField(label=_("answer to an offer by"), required=False, widget=forms.DateInput(attrs=DAY, format="%Y-%m-%d"))
    invites = forms.ChoiceField(label=_("who is invited"), choices=Invited.choices, widget=forms.RadioSelect)


@dataclass(frozen=True, slots=True)
class Left:
    """A pool with places that nobody holds, what it is called, and what was typed beside it."""

    filled: Filled
    name: str
    typed: str


@door(may_read_placement)
def later(request: ActorRequest, pk: int) -> HttpResponse:
    """What is left by place, with those who still wait; a POST makes the draft of the later round."""
    round_ = own_round(request, pk)
    rows = [
        Left(each, name_of(each.pool, round_), request.POST.get(f"left-{each.pool.pk}", str(each.free)))
        for each in filled_pools(round_)
        if each.free
    ]
    form = LaterForm(request.POST or None, initial=_initial(round_))
    if form.is_valid():
        left = {row.filled.pool.pk: int(row.typed[:5]) for row in rows if row.typed.isdecimal()}
        made = done(
            request, lambda: _open(request, round_, form.cleaned_data, left), _now("A draft is made. Look it through, then open it.")
        )
        if made is not None:
            return redirect("office:rounds-row", pk=made.pk)
    context = {
        "round": round_,
        "rows": rows,
        "form": form,
        "unplaced": unplaced_in(round_).count(),
        "rounds": round_.later_rounds.order_by("pk"),
        "may_open": round_.state in {RoundState.PUBLISHED, RoundState.ENDED},
    }
    return render(request, "office/placement/later.html", context, status=422 if form.errors else 200)


@door(may_read_placement)
def invite(request: ActorRequest, pk: int) -> HttpResponse:
    """The letters that invite to an open later round; a POST queues them, once for everybody."""
    round_ = own_round(request, pk)
    if round_.follows is None:
        raise Http404
    if request.method == "POST":
        sent = done(request, lambda: send_invitations(round=round_, actor=request.actor, now=timezone.now()))
        if sent is not None:
            words = ngettext("%(n)d letter is queued.", "%(n)d letters are queued.", sent) % {"n": sent}
            done(request, lambda: None, words)
        return redirect("office:placement-invite", pk=pk)
    invited = invited_by_letter(round_)
    letters = []
    for application in invited[:SHOWN]:
        filled = {"name": application.person.full_name, "round": application.round.title(application.language)}
        subject, body = texts(LATER_ROUND.key, application.language, filled | invitation(round_, application))
        letters.append({"application": application, "address": address_of(application), "subject": subject, "body": body})
    context = {"round": round_, "letters": letters, "number": len(invited), "is_open": round_.state == RoundState.OPEN}
    return render(request, "office/placement/invite.html", context)


def _open(request: ActorRequest, round_: Round, given: dict[str, Any], left: dict[int, int]) -> Round:
    dates = LaterDates(given["opens_on"], given["closes_on"], given["results_on"], given["answer_by"])
    return open_round_for_what_is_left(
        round=round_, key=given["key"], titles=Text(given["title_nl"], given["title_en"]), dates=dates, left=left, invites=given["invites"],
        actor=request.actor, now=timezone.now(),
    )  # fmt: skip


def _initial(round_: Round) -> dict[str, Any]:
    number = round_.later_rounds.count() + 2
    return {
        "key": f"{round_.key[:70]}-{number}",
        "title_nl": f"{round_.title_nl}, latere ronde",
        "title_en": f"{round_.title_en}, later round",
        "opens_on": localdate(),
        "invites": Invited.EVERYBODY,
    }
