"""More or fewer places after publication, never fewer than are offered or accepted: a place that somebody has is withdrawn by name."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.placement.models import Offer
from goliard.apps.placement.models.offers import LIVE
from goliard.apps.placement.services.offers import withdraw_offer
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.apps.rounds.services.destinations import hold_instead
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def change_offered_places(*, pool: DestinationPool, places: int, reason: str, actor: Actor, now: datetime) -> DestinationPool:
    """Hold so many places for a pool of a published round. More go to who waits, by the policy, when places are offered again.

    Raises Refused without a reason, before publication and after the end, for fewer places than are offered or accepted, and for more than
    the ledger has.
    """
    locked = _locked(pool)
    live = Offer.objects.filter(pool=locked, state__in=LIVE).count()
    if faults := [*_not_now(locked), *_no_reason(reason), *_too_few(locked, places, live)]:
        raise Refused(faults)
    _hold(locked, places, reason, actor, now)
    return locked


@transaction.atomic
def remove_place(*, offer: Offer, reason: str, actor: Actor, now: datetime) -> Offer:
    """Withdraw a place that somebody has together with the place itself: there is one fewer, and the applicant competes again.

    For a partner that takes a place back and none is free. Raises Refused without a reason, TransitionRefused for an offer that is over.
    """
    locked = _locked(offer.pool)
    if faults := _not_now(locked):
        raise Refused(faults)
    withdrawn = withdraw_offer(offer=offer, reason=reason, stays=True, actor=actor, now=now)
    _hold(locked, locked.places - 1, reason, actor, now)
    return withdrawn


def _locked(pool: DestinationPool) -> DestinationPool:
    Round.objects.select_for_update(of=("self",)).get(pk=pool.destination.round_id)
    rows = DestinationPool.objects.select_for_update(of=("self",))
    return rows.select_related("claim__condition", "condition", "destination__round", "destination__organisation").get(pk=pool.pk)


def _hold(pool: DestinationPool, places: int, reason: str, actor: Actor, now: datetime) -> None:
    before, round_ = pool.places, pool.destination.round
    hold_instead(pool=pool, places=places, actor=actor, now=now, reason=reason)
    details = {"places": {"before": before, "after": places}, "pool": str(pool.public_id)}
    record(actor=actor, verb="change-places", subject=round_, now=now, reason=reason.strip(), details=details)


def _not_now(pool: DestinationPool) -> list[Reason]:
    if pool.destination.round.state == RoundState.PUBLISHED:
        return []
    return [Reason("places-state", Text("Dit kan zolang de uitslag bekend is.", "This is possible while the results are published."))]


def _no_reason(reason: str) -> list[Reason]:
    return [] if reason.strip() else [Reason("places-why", Text("Geef de reden.", "Give the reason."), field="reason")]


def _too_few(pool: DestinationPool, places: int, live: int) -> list[Reason]:
    if places >= live:
        return []
    nl, en = pool.destination.name("nl"), pool.destination.name("en")
    return [
        Reason(
            "places-held",
            Text(
                f"{nl}: {live} plaatsen zijn aangeboden of aangenomen. Trek er eerst een in, met naam en reden.",
                f"{en}: {live} places are offered or accepted. First withdraw, by name and with a reason, whoever loses a place.",
            ),
            field="places",
        )
    ]
