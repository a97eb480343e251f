"""End a round: places that were accepted are used, the others go back to the ledger for a later round."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.agreements.choices import ClaimState
from goliard.apps.agreements.services.places import reduce_places, release_places, use_places
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.placement.choices import OfferState
from goliard.apps.placement.models import Offer
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.apps.rounds.services.rounds import move_round
from goliard.rules.access.actor import Actor
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def end_placement(*, round: Round, actor: Actor, now: datetime) -> Round:
    """End a published round. Raises Refused while offers wait for an answer, TransitionRefused."""
    ended = move_round(row=round, action="end", actor=actor, now=now)
    waiting = Offer.objects.filter(application__round=ended, state=OfferState.OPEN).count()
    if waiting:
        text = Text(f"{waiting} aanbiedingen wachten nog op antwoord.", f"{waiting} offers still wait for an answer.")
        raise Refused([Reason("offers-open", text)])
    used, given_back = 0, 0
    pools = DestinationPool.objects.select_for_update(of=("self",)).filter(destination__round=ended)
    for pool in pools.select_related("claim", "condition", "project_flow", "faculty"):
        accepted = Offer.objects.filter(pool=pool, state=OfferState.ACCEPTED).count()
        used, given_back = used + accepted, given_back + pool.places - accepted
        _settle(pool, accepted, actor, now)
    record(actor=actor, verb="settle-places", subject=ended, now=now, details={"used": used, "given_back": given_back})
    return ended


def _settle(pool: DestinationPool, accepted: int, actor: Actor, now: datetime) -> None:
    """Hold exactly what was accepted, and mark it used. Released and claimed in one transaction: nobody comes in between."""
    if pool.claim is not None and pool.claim.state != ClaimState.RELEASED and pool.claim.places != accepted:
        if accepted:
            pool.claim = reduce_places(claim=pool.claim, places=accepted, actor=actor, now=now)
        else:
            release_places(claim=pool.claim, actor=actor, now=now)
            pool.claim = None
    if pool.claim is not None and pool.claim.state == ClaimState.HELD:
        use_places(claim=pool.claim, actor=actor, now=now)
    pool.save(update_fields=["claim"])
