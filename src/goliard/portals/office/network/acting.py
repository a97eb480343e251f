"""What the office does with an agreement in the network, or with a partner's copy: one form a deed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.agreements.choices import VersionState
from goliard.apps.agreements.models import Agreement, PartnerIia
from goliard.apps.agreements.policies import may_approve_iia, may_read_agreements
from goliard.apps.agreements.queries.mapping import network_id, partner_party
from goliard.apps.agreements.queries.standing import beside
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.agreements.services.approvals import approve_iia, withdraw_approval
from goliard.apps.agreements.services.pairing import adopt_iia, map_iia, remove_from_network, unmap_iia
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.refusals import Refused
from goliard.apps.network.services.notifications import ask_again
from goliard.portals.office.network.agreements import MOVES
from goliard.portals.office.registers.editing import sentences
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.lifecycles.transition import TransitionRefused

Deed = Callable[[ActorRequest, Agreement, datetime], str]


@require_POST
@door(may_read_agreements)
def act(request: ActorRequest, pk: int) -> HttpResponse:
    """Do one thing with an agreement; a refusal is told with its reasons."""
    agreement = get_object_or_404(Agreement, pk=pk)
    refuse_unless(may_approve_iia(request.actor, agreement))
    deed = request.POST.get("deed", "")
    if deed not in DEEDS:
        raise Http404
    try:
        messages.success(request, DEEDS[deed](request, agreement, timezone.now()))
    except (Refused, TransitionRefused) as refused:
        _tell(request, refused)
    return redirect("office:network-agreement", pk=pk)


@require_POST
@door(may_read_agreements)
def act_on_copy(request: ActorRequest, pk: int) -> HttpResponse:
    """Map a copy to an agreement, make one from it, or fetch it again."""
    copy = get_object_or_404(PartnerIia.objects.select_related("organisation"), pk=pk)
    refuse_unless(may_approve_iia(request.actor))
    now = timezone.now()
    try:
        match request.POST.get("deed"):
            case "map":
                agreement = get_object_or_404(Agreement, pk=_number(request, "agreement"))
                map_iia(agreement=agreement, copy=copy, actor=request.actor, now=now)
                messages.success(request, _("The two copies belong together now. Our copy is published anew within a minute."))
                return redirect("office:network-agreement", pk=agreement.pk)
            case "adopt":
                version = adopt_iia(copy=copy, actor=request.actor, now=now)
                messages.success(request, _("This is our draft, in the words of the partner. Check it, then propose it."))
                return redirect("office:network-agreement", pk=version.agreement_id)
            case "fetch":
                _fetch(copy.organisation, now, copy=copy)
                messages.success(request, _("The copy is fetched again within a minute."))
            case "document":
                hei_id = network_id(copy.organisation)
                if copy.pdf_file and hei_id:
                    ask_again(api="file", hei_id=hei_id, subject=copy.pdf_file, now=now)
                messages.success(request, _("The partner’s document is fetched within a minute."))
            case _:
                raise Http404
    except (Refused, TransitionRefused) as refused:
        _tell(request, refused)
    return redirect("office:network-copy", pk=pk)


def _approve(request: ActorRequest, agreement: Agreement, now: datetime) -> str:
    copy = _copy(agreement)
    despite = request.POST.get("despite") == "yes"
    approve_iia(copy=copy, seen_hash=request.POST.get("seen", ""), actor=request.actor, now=now, despite_differences=despite)
    return _("Approved. The partner is notified within a minute.")


def _withdraw(request: ActorRequest, agreement: Agreement, now: datetime) -> str:
    withdraw_approval(copy=_copy(agreement), actor=request.actor, now=now)
    return _("The approval is taken back.")


def _map(request: ActorRequest, agreement: Agreement, now: datetime) -> str:
    copy = get_object_or_404(PartnerIia, pk=_number(request, "copy"))
    map_iia(agreement=agreement, copy=copy, actor=request.actor, now=now, reason=request.POST.get("reason", "")[:300])
    return _("The two copies belong together now. Our copy is published anew within a minute.")


def _unmap(request: ActorRequest, agreement: Agreement, now: datetime) -> str:
    unmap_iia(agreement=agreement, actor=request.actor, now=now, reason=request.POST.get("reason", "")[:300])
    return _("Our copy names no copy of the partner any more.")


def _remove(request: ActorRequest, agreement: Agreement, now: datetime) -> str:
    remove_from_network(agreement=agreement, actor=request.actor, now=now, reason=request.POST.get("reason", "")[:300])
    return _("Our copy is out of the network; the partner is notified. It is a draft again.")


def _adopt(request: ActorRequest, agreement: Agreement, now: datetime) -> str:
    version = adopt_iia(copy=_copy(agreement), into=agreement, actor=request.actor, now=now)
    if version.state == VersionState.PROPOSED:
        return _("Our proposal says now what the partner’s copy says.")
    return _("The partner’s text is our draft now. Check it, then propose it.")


def _again(_request: ActorRequest, agreement: Agreement, now: datetime) -> str:
    party = partner_party(agreement)
    if party is None:
        raise Http404
    _fetch(party.organisation, now, copy=beside(agreement).copy, agreement=agreement)
    return _("The partner is asked again within a minute: for its copy, and whether it approved ours.")


def _moving(action: str) -> Deed:
    def deed(request: ActorRequest, agreement: Agreement, now: datetime) -> str:
        move_agreement(row=agreement, action=action, actor=request.actor, now=now)
        return _("Done. The partner is notified within a minute.")

    return deed


DEEDS: dict[str, Deed] = {
    "approve": _approve,
    "withdraw": _withdraw,
    "map": _map,
    "unmap": _unmap,
    "remove": _remove,
    "adopt": _adopt,
    "again": _again,
    **{action: _moving(action) for action in MOVES},
}


def _fetch(partner: Organisation, now: datetime, *, copy: PartnerIia | None = None, agreement: Agreement | None = None) -> None:
    hei_id = network_id(partner)
    if not hei_id:
        return
    if copy is not None:
        ask_again(api="iia-cnr", hei_id=hei_id, subject=copy.iia_id, now=now)
    own = getattr(agreement, "own_iia", None)
    if own is not None and own.iia_id:
        ask_again(api="iia-approval-cnr", hei_id=hei_id, subject=own.iia_id, now=now)


def _copy(agreement: Agreement) -> PartnerIia:
    copy = beside(agreement).copy
    if copy is None:
        raise Http404
    return copy


def _number(request: ActorRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else 0


def _tell(request: ActorRequest, refused: Refused | TransitionRefused) -> None:
    for sentence in sentences(refused):
        messages.error(request, sentence)
