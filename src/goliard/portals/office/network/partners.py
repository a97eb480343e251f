"""Partners' nodes: what each can do, how it goes with each, and a ticket text with the evidence where something is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goliard.apps.agreements.models import PartnerApproval
from goliard.apps.agreements.queries.network import approvals_of_nothing, home_hei, partner_of
from goliard.apps.agreements.queries.standing import Beside, agreements_in_network, besides
from goliard.apps.institutions.choices import IdentifierScheme
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier
from goliard.apps.network.health import PeerHealth, all_healths, health_of
from goliard.apps.network.models import Peer
from goliard.apps.network.policies import may_decide_notifications, may_read_network
from goliard.apps.network.services.peers import look_again
from goliard.apps.network.tickets import has_evidence, ticket_subject, ticket_text
from goliard.portals.shared.doors import door, refuse_unless
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.agreements.turn import Who

#: After how long a copy that waits for the partner has waited too long.
TOO_LONG = timedelta(days=30)
#: Situations in which the partner's own copy is wrong, however short it has been so.
BROKEN = frozenset({"wrong-hash", "not-approvable"})


@dataclass(frozen=True, slots=True)
class Row:
    """A partner of the list: how it goes, whom we know under that id, how many copies wait too long, and whether anything is wrong."""

    health: PeerHealth
    organisation: Organisation | None
    waits: int
    is_wrong: bool


@door(may_read_network)
def partners(request: ActorRequest) -> HttpResponse:
    """Every partner's node at a glance, those first with which something is wrong."""
    now = timezone.now()
    named = {
        row.value: row.organisation
        for row in OrganisationIdentifier.objects.filter(scheme=IdentifierScheme.HEI_ID).select_related("organisation")
    }
    late: dict[int, int] = {}
    everything = besides(agreements_in_network(), compared=False)
    for row in _late(everything, now):
        if row.party is not None:
            late[row.party.organisation_id] = late.get(row.party.organisation_id, 0) + 1
    broken = {row.party.organisation_id for row in everything if row.party is not None and row.turn.state in BROKEN}
    rows = []
    for health in all_healths():
        organisation = named.get(health.peer.hei_id)
        waits = late.get(organisation.pk, 0) if organisation else 0
        at_fault = waits or (organisation is not None and organisation.pk in broken)
        is_wrong = health.is_failing or health.is_skewed or health.is_slow or health.given_up or at_fault or not health.peer.is_in_catalogue
        rows.append(Row(health, organisation, waits, bool(is_wrong)))
    rows.sort(key=lambda row: (not row.is_wrong, row.health.peer.hei_id))
    return render(request, "office/network/partners.html", {"rows": rows})


@door(may_read_network)
def partner(request: ActorRequest, pk: int) -> HttpResponse:
    """One partner's node: its APIs with the last of everything, its errors with request and answer, and the ticket text."""
    now = timezone.now()
    peer = get_object_or_404(Peer, pk=pk)
    details = health_of(peer)
    organisation = partner_of((peer.hei_id,))
    together = _with(organisation) if organisation else []
    late, broken = _late(together, now), [row for row in together if row.turn.state in BROKEN]
    strange = approvals_of_nothing(organisation) if organisation else []
    waiting = [*map(_told, broken), *map(_approved, strange), *(_told(row) for row in late if row not in broken)]
    ours = _our_hei_id()
    context = {
        "peer": peer,
        "details": details,
        "organisation": organisation,
        "late": late,
        "broken": broken,
        "strange": strange,
        "subject": ticket_subject(details, our_hei_id=ours),
        "ticket": ticket_text(details, our_hei_id=ours, waiting=waiting, now=now),
        "has_evidence": has_evidence(details, waiting=waiting),
        "may_act": may_decide_notifications(request.actor),
    }
    return render(request, "office/network/partner.html", context)


@require_POST
@door(may_read_network)
def look_through_again(request: ActorRequest, pk: int) -> HttpResponse:
    """Look through the partner's whole index soon."""
    peer = get_object_or_404(Peer, pk=pk)
    refuse_unless(may_decide_notifications(request.actor))
    look_again(hei_id=peer.hei_id, now=timezone.now())
    messages.success(request, _("The partner’s whole index is looked through within a minute."))
    return redirect("office:network-partner", pk=pk)


def _with(organisation: Organisation) -> list[Beside]:
    return besides(agreements_in_network().filter(parties__organisation=organisation))


def _late(rows: list[Beside], now: datetime) -> list[Beside]:
    return [row for row in rows if row.turn.who is Who.PARTNER and row.since is not None and now - row.since >= TOO_LONG]


def _told(row: Beside) -> str:
    ours = row.own.iia_id if row.own else ""
    theirs = row.copy.iia_id if row.copy else "(none yet)"
    return f"our iia-id {ours}, your iia-id {theirs}, since {row.since:%Y-%m-%d}: {row.turn.do.en}"


def _approved(row: PartnerApproval) -> str:
    return f"our iia-id {row.iia_id}: you approved the hash {row.iia_hash}, which we never published"


def _our_hei_id() -> str:
    home = home_hei()
    held = [] if home is None else [each.value for each in home.identifiers.all() if each.scheme == IdentifierScheme.HEI_ID]
    return held[0] if held else ""
