"""A contact whose mail comes back: noted by hand, and believed again."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.institutions.refusals import Refused
from goliard.apps.messaging.models import Bounce
from goliard.apps.people.models import Contact
from goliard.apps.people.policies import may_edit_people, may_read_people
from goliard.apps.people.services.bounces import believe_address, mark_bounced
from goliard.portals.office.registers.editing import sentences
from goliard.portals.office.registers.register import Panel
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.access.actor import Actor

SHOWN = 5


def bounce_panel(contact: Contact, actor: Actor) -> Panel:
    """What came back from the contact's address, and what the actor may note."""
    bounces = Bounce.objects.filter(address__iexact=contact.email)[:SHOWN] if contact.email else ()
    return Panel("office/institutions/bounces.html", {"contact": contact, "bounces": bounces, "may_edit": may_edit_people(actor)})


@require_POST
@door(may_read_people)
def contact_bounce(request: ActorRequest, pk: int) -> HttpResponse:
    """Note that mail comes back, or that the address works again."""
    contact = get_object_or_404(Contact, pk=pk)
    refuse_unless(may_edit_people(request.actor, contact))
    try:
        if "works" in request.POST:
            believe_address(contact=contact, actor=request.actor, now=timezone.now())
        else:
            mark_bounced(contact=contact, reason=request.POST.get("reason", "")[:1000], actor=request.actor, now=timezone.now())
        messages.success(request, _("This is noted."))
    except Refused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    return redirect("office:contacts-row", pk=pk)
