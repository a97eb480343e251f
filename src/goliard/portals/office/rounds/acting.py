"""What the office does with a round besides editing it: lock, reopen, go back with a reason, copy, a later round."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from goliard.apps.institutions.refusals import Refused
from goliard.apps.rounds.models import Round
from goliard.apps.rounds.policies import may_edit_round, may_read_rounds
from goliard.apps.rounds.services.copying import copy_round
from goliard.apps.rounds.services.rounds import lock_policy, move_round, reopen_round
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.lifecycles.transition import TransitionRefused

BACK = frozenset({"rescore", "revise", "call-off"})


class ReopenForm(forms.Form):
    """Until when (local time of the round's zone), and why."""

    until = forms.DateTimeField(
        label=_("open until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    )
    reason = forms.CharField(label=_("reason"), max_length=500)


def the_round(request: ActorRequest, pk: int) -> Round:
    """Return the round, if the actor may change it: 404 where there is none, 403 where it is another's."""
    found: Round = get_object_or_404(Round.objects.select_related("owner"), pk=pk)
    refuse_unless(may_edit_round(request.actor, found))
    return found


@require_POST
@door(may_read_rounds)
def lock(request: ActorRequest, pk: int) -> HttpResponse:
    """Lock the policy."""
    round_ = the_round(request, pk)
    try:
        locked = lock_policy(round=round_, actor=request.actor, now=timezone.now())
    except Refused as refused:
        tell(request, refused)
    else:
        messages.success(request, _now("Locked. The hash: %(hash)s") % {"hash": locked.policy_hash[:16]})
    return redirect("office:rounds-row", pk=pk)


@door(may_read_rounds)
def reopen(request: ActorRequest, pk: int) -> HttpResponse:
    """A later deadline for everybody."""
    round_ = the_round(request, pk)
    form, faults = ReopenForm(request.POST if request.method == "POST" else None), []
    if form.is_valid():
        until = form.cleaned_data["until"].replace(tzinfo=ZoneInfo(round_.zone))
        try:
            reopen_round(round=round_, until=until, reason=form.cleaned_data["reason"], actor=request.actor, now=timezone.now())
        except (Refused, TransitionRefused) as refused:
            faults = sentences(refused)
        else:
            messages.success(request, _now("The deadline is later now."))
            return redirect("office:rounds-row", pk=pk)
    context = {
        "round": round_,
        "form": form,
        "faults": faults,
        "title": _now("A later deadline"),
        "button": _now("Give the later deadline"),
    }
    return render(request, "office/rounds/asked.html", context, status=422 if faults or form.errors else 200)


@require_POST
@door(may_read_rounds)
def back(request: ActorRequest, pk: int, action: str) -> HttpResponse:
    """Go back a step, or call the round off, with a reason."""
    round_ = the_round(request, pk)
    refuse_unless(action in BACK)
    try:
        move_round(row=round_, action=action, actor=request.actor, now=timezone.now(), reason=request.POST.get("reason", "")[:500])
    except (Refused, TransitionRefused) as refused:
        tell(request, refused)
    return redirect("office:rounds-row", pk=pk)


@require_POST
@door(may_read_rounds)
def copy(request: ActorRequest, pk: int) -> HttpResponse:
    """Next year's draft."""
    round_ = the_round(request, pk)
    try:
        copied = copy_round(round=round_, key=request.POST.get("key", "")[:80].strip(), actor=request.actor, now=timezone.now())
    except Refused as refused:
        tell(request, refused)
        return redirect("office:rounds-row", pk=pk)
    for partner, reason in copied.not_drawn:
        messages.warning(request, f"{partner}: {reason.because.in_language(get_language() or 'en')}")
    messages.success(request, _now("Copied. Look the dates and places through."))
    return redirect("office:rounds-row", pk=copied.round.pk)


def tell(request: ActorRequest, refused: Refused | TransitionRefused) -> None:
    """Say every reason of a refusal."""
    for sentence in sentences(refused):
        messages.error(request, sentence)
