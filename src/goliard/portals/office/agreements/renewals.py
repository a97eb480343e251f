"""An agreement that ends: decide, and begin its renewal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.accounts.queries import names_of_actors
from goliard.apps.agreements.choices import AgreementState, ReviewDecision
from goliard.apps.agreements.letters import ENDING
from goliard.apps.agreements.models import Agreement
from goliard.apps.agreements.policies import may_edit_agreement, may_read_agreements
from goliard.apps.agreements.services.renewals import decide_renewal, renew_agreement
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.queries import key_of
from goliard.apps.messaging.models import Delivery
from goliard.portals.office.registers.editing import sentences
from goliard.portals.office.registers.register import Panel
from goliard.portals.office.registers.telling import told_actor
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.access.actor import Actor


def renewal_panel(agreement: Agreement, actor: Actor) -> Panel:
    """What was decided, what it was renewed by, which reminders left, and what the actor may do."""
    reviews = list(agreement.reviews.all())
    names = names_of_actors({review.decided_by for review in reviews})
    about_type, about_id = key_of(agreement)
    context = {
        "agreement": agreement,
        "reviews": [(review, told_actor(review.decided_by, names)) for review in reviews],
        "renewals": agreement.renewals.all(),
        "reminders": Delivery.objects.filter(letter=ENDING.key, about_type=about_type, about_id=about_id),
        "decisions": ReviewDecision.choices,
        "may_edit": may_edit_agreement(actor, agreement) and agreement.state == AgreementState.IN_EFFECT,
    }
    return Panel("office/agreements/renewal.html", context)


@require_POST
@door(may_read_agreements)
def decide(request: ActorRequest, pk: int) -> HttpResponse:
    """Keep what was decided about an agreement."""
    agreement = get_object_or_404(Agreement, pk=pk)
    refuse_unless(may_edit_agreement(request.actor, agreement))
    wanted = request.POST.get("decision", "")
    if wanted not in ReviewDecision.values:
        messages.error(request, _("Choose what was decided."))
        return redirect("office:agreements-row", pk=pk)
    try:
        decide_renewal(
            agreement=agreement,
            decision=ReviewDecision(wanted),
            because=request.POST.get("because", "")[:10_000],
            actor=request.actor,
            now=timezone.now(),
        )
        messages.success(request, _("The decision is kept."))
    except Refused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
    return redirect("office:agreements-row", pk=pk)


@require_POST
@door(may_read_agreements)
def begin_renewal(request: ActorRequest, pk: int) -> HttpResponse:
    """Make the draft that renews an agreement, and open it."""
    agreement = get_object_or_404(Agreement, pk=pk)
    refuse_unless(may_edit_agreement(request.actor, agreement))
    try:
        renewal = renew_agreement(agreement=agreement, actor=request.actor, now=timezone.now())
    except Refused as refused:
        for sentence in sentences(refused):
            messages.error(request, sentence)
        return redirect("office:agreements-row", pk=pk)
    messages.success(request, _("The renewal is a draft. Read it, then propose it to the partner."))
    return redirect("office:agreements-row", pk=renewal.pk)
