"""Agreements in the network: all of them with who must act next, and one with both copies side by side."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from goliard.apps.agreements.copies import copy_of, read_canonical
from goliard.apps.agreements.models import Agreement, AgreementVersion, IiaApproval, PartnerApproval, PartnerIia
from goliard.apps.agreements.policies import may_approve_iia, may_read_agreements
from goliard.apps.agreements.queries.mapping import network_copy, unmapped_copies, was_ever_mutual
from goliard.apps.agreements.queries.standing import Beside, agreements_in_network, beside, besides
from goliard.apps.agreements.queries.versions import newest_version
from goliard.portals.shared.doors import door
from goliard.portals.shared.requests import ActorRequest
from goliard.rules.agreements.side_by_side import side_by_side
from goliard.rules.agreements.turn import Who
from goliard.rules.lifecycles.agreement import AGREEMENT, VERSION_NEEDED
from goliard.rules.values.folding import fold

PER_PAGE = 50
TURNS = {Who.US: _("we act"), Who.PARTNER: _("the partner acts"), Who.NOBODY: _("nobody has to act")}
#: Actions of an agreement's life that are taken from its page in the network.
MOVES = ("propose", "recall", "revert", "terminate")


@dataclass(frozen=True, slots=True)
class Tab:
    """One choice of the list: what it narrows to, in words, and how many rows that are."""

    key: str
    words: object
    number: int


@door(may_read_agreements)
def agreements(request: ActorRequest) -> HttpResponse:
    """Every agreement in the network with whose turn it is; ours come first, then those that wait longest."""
    words, wish = request.GET.get("q", "").strip()[:100], request.GET.get("turn", "")
    rows = [row for row in besides(agreements_in_network(), compared=False) if _matches(row, words)]
    counted = Counter(row.turn.who.value for row in rows)
    shown = [row for row in rows if not wish or row.turn.who == wish]
    shown.sort(key=lambda row: (list(TURNS).index(row.turn.who), row.since is None, row.since and row.since.timestamp()))
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"row": row, "who": TURNS[row.turn.who]} for row in _compared(list(page))],
        "total": len(rows),
        "tabs": [Tab("", _("all"), len(rows)), *(Tab(who.value, words, counted[who.value]) for who, words in TURNS.items())],
        "wish": wish,
        "q": words,
        "unmapped": [copy for copy in unmapped_copies()[:PER_PAGE] if _names(words, copy.organisation.name_en, copy.organisation.name_nl)],
    }
    return render(request, "office/network/agreements.html", context)


@door(may_read_agreements)
def agreement(request: ActorRequest, pk: int) -> HttpResponse:
    """Our copy beside the partner's, field by field, with both approvals, the hashed texts and what can be done."""
    row = get_object_or_404(Agreement, pk=pk)
    now = beside(row)
    language = get_language() or "en"
    version = now.version or newest_version(row)
    context = {
        "agreement": row,
        "now": now,
        "who": TURNS[now.turn.who],
        "partner": now.party.organisation.name(language) if now.party else "",
        "sections": _sections(version, now.copy),
        "approvals": IiaApproval.objects.filter(copy=now.copy).defer("xml") if now.copy else (),
        "told": PartnerApproval.objects.filter(agreement=row).select_related("publication"),
        "may_act": may_approve_iia(request.actor, row),
        "moves": [
            move
            for move in AGREEMENT.open_actions(state=row.state, actor=request.actor)
            if move.action in MOVES and _fits(row, move.action)
        ],
        "was_mutual": was_ever_mutual(row),
        "others": _others(now),
    }
    return render(request, "office/network/agreement.html", context)


def _sections(version: AgreementVersion | None, copy: PartnerIia | None) -> object:
    ours = None if version is None else network_copy(copy_of(version))
    return side_by_side(ours, read_canonical(copy.content) if copy and copy.content else None)


def _fits(agreement: Agreement, action: str) -> bool:
    version = newest_version(agreement)
    return version is not None and version.state in VERSION_NEEDED[action]


def _others(now: Beside) -> list[PartnerIia]:
    """Copies of the partner to which the agreement could be mapped instead."""
    if now.party is None:
        return []
    mine = now.copy.pk if now.copy and now.party.iia_id else 0
    return list(unmapped_copies().filter(organisation=now.party.organisation_id).exclude(pk=mine))


def _compared(rows: list[Beside]) -> list[Beside]:
    """The rows of one page, with what differs."""
    found = {row.agreement.pk: row for row in besides(Agreement.objects.filter(pk__in=[row.agreement.pk for row in rows]))}
    return [found[row.agreement.pk] for row in rows]


def _matches(row: Beside, words: str) -> bool:
    partner = row.party.organisation if row.party else None
    return _names(words, row.agreement.title, partner.name_en if partner else "", partner.name_nl if partner else "")


def _names(words: str, *names: str) -> bool:
    return not words or any(fold(words) in fold(name) for name in names)
