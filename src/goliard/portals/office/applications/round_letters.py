"""Reminders to who has a draft: every letter is seen before it leaves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from goliard.apps.applications.policies import may_manage_round_letters, may_read_applications
from goliard.apps.applications.services.letters import planned_reminders, send_reminders
from goliard.apps.rounds.models import Round
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest


@door(may_read_applications)
def reminders(request: ActorRequest, pk: int) -> HttpResponse:
    """The letters as they would leave, with what is missing in each draft; a POST queues them."""
    row = get_object_or_404(Round, pk=pk)
    refuse_unless(may_manage_round_letters(request.actor, row))
    if request.method == "POST":
        count = send_reminders(round=row, actor=request.actor, now=timezone.now())
        messages.success(request, ngettext("%(count)s letter is queued.", "%(count)s letters are queued.", count) % {"count": count})
        return redirect("office:round-reminders", pk)
    letters = planned_reminders(round=row, now=timezone.now())
    context = {"round": row, "letters": letters, "new": sum(1 for each in letters if each.address and not each.was_queued)}
    return render(request, "office/applications/reminders.html", context)
