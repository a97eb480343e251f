"""Reminders before the steps of a call: every letter is seen before it leaves, and leaves once."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from goliard.apps.funding.models import FundingCall
from goliard.apps.funding.policies import may_edit_funding
from goliard.apps.funding.services.reminders import reminders_of, send_call_reminders
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest


@door(may_edit_funding)
def reminders(request: ActorRequest, pk: int) -> HttpResponse:
    """The letters before the steps that lie ahead; a POST queues those of the chosen step."""
    call = get_object_or_404(FundingCall.objects.select_related("action"), pk=pk)
    now = timezone.now()
    letters = reminders_of(call, now=now)
    if request.method == "POST":
        chosen = [each for each in letters if each.kind == request.POST.get("step", "")]
        count = send_call_reminders(call=call, reminders=chosen, actor=request.actor, now=now)
        messages.success(request, ngettext("%(count)s letter is queued.", "%(count)s letters are queued.", count) % {"count": count})
        return redirect("office:call-reminders", pk=pk)
    kinds = dict.fromkeys(each.kind for each in letters)
    groups = [(kind, [each for each in letters if each.kind == kind]) for kind in kinds]
    context = {"call": call, "groups": [(kind, rows, sum(not row.was_queued for row in rows)) for kind, rows in groups]}
    return render(request, "office/calls_desk/reminders.html", context)
