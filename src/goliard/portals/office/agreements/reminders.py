"""Reminders of the renewal desk: every letter is seen before it leaves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from goliard.apps.agreements.models import Agreement
from goliard.apps.agreements.policies import may_edit_agreement, may_read_agreements
from goliard.apps.agreements.queries.desk import RENEWAL_FILTERS, narrowed
from goliard.apps.agreements.services.reminders import reminders_for, send_reminders
from goliard.apps.institutions.queries import home_institution
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest

WISHES = [key for key, _label in RENEWAL_FILTERS if key.startswith("ends")]


@door(may_read_agreements)
def reminders(request: ActorRequest) -> HttpResponse:
    """The letters for the agreements that end soon and that the actor runs; a POST queues them."""
    wish = request.GET.get("desk", "")
    wish = wish if wish in WISHES else WISHES[0]
    today = timezone.localdate()
    rows = (
        narrowed(Agreement.objects.select_related("owner"), wish, today)
        .prefetch_related("parties__organisation__country")
        .order_by("ends_on", "pk")
    )
    mine = [agreement for agreement in rows if may_edit_agreement(request.actor, agreement)]
    home = home_institution()
    name = home.name_en if home else ""
    letters = reminders_for(mine, home=name, today=today)
    if request.method == "POST":
        count = send_reminders(reminders=letters, home=name, actor=request.actor, now=timezone.now())
        messages.success(request, ngettext("%(count)s letter is queued.", "%(count)s letters are queued.", count) % {"count": count})
        return redirect(f"{request.path}?desk={wish}")
    context = {
        "letters": letters,
        "wishes": [(key, label, key == wish) for key, label in RENEWAL_FILTERS if key in WISHES],
        "new": sum(1 for each in letters if each.address and not each.was_queued),
    }
    return render(request, "office/agreements/reminders.html", context)
