"""A place that is given back or withdrawn takes its nomination with it, in the same transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from goliard.apps.nominations.models import Nomination
from goliard.apps.nominations.queries.lists import LIVE
from goliard.apps.nominations.services.nominating import withdraw_nomination
from goliard.apps.placement.models import Offer
from goliard.apps.placement.services.offers import decline_offer, withdraw_offer
from goliard.apps.placement.services.places import remove_place
from goliard.rules.access.actor import Actor, system

GIVEN_BACK = "The place was given back."


@transaction.atomic
def decline_place(*, offer: Offer, hopes: bool, actor: Actor, now: datetime) -> Offer:
    """Decline an offer or give the place back; a nomination is withdrawn. Raises as `decline_offer`."""
    declined = decline_offer(offer=offer, hopes=hopes, actor=actor, now=now)
    _take_along(declined, GIVEN_BACK, now)
    return declined


@transaction.atomic
def withdraw_place(*, offer: Offer, reason: str, actor: Actor, now: datetime, place_is_gone: bool = False) -> Offer:
    """Withdraw an offer, with its nomination; where the place is gone the applicant competes again.

    Raises as `withdraw_offer`, and as `remove_place`.
    """
    act = remove_place if place_is_gone else withdraw_offer
    withdrawn = act(offer=offer, reason=reason, actor=actor, now=now)
    _take_along(withdrawn, reason, now)
    return withdrawn


def _take_along(offer: Offer, reason: str, now: datetime) -> None:
    for row in Nomination.objects.filter(offer=offer, state__in=LIVE):
        withdraw_nomination(nomination=row, reason=reason, actor=system("placement"), now=now)
