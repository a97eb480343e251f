"""Lists of nominations: one a destination of a round, with its deadline and what is still to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from goliard.apps.nominations.choices import NominationState
from goliard.apps.nominations.models import Nomination
from goliard.apps.placement.choices import OfferState
from goliard.apps.placement.models import Offer
from goliard.apps.rounds.models import Round, RoundDestination

LIVE = (NominationState.PREPARED, NominationState.SENT, NominationState.CONFIRMED)
TOLD = (NominationState.SENT, NominationState.CONFIRMED, NominationState.REFUSED)


@dataclass(frozen=True, slots=True)
class Listed:
    """A destination with the numbers of its nominations by state, and of accepted offers that are not prepared yet."""

    destination: RoundDestination
    prepared: int
    sent: int
    confirmed: int
    refused: int
    unprepared: int

    @property
    def to_do(self) -> int:
        """How many people the partner has not been told of."""
        return self.prepared + self.unprepared

    def is_late(self, day: date) -> bool:
        """Whether somebody is still to be nominated after the partner's deadline."""
        return bool(self.to_do) and self.destination.nominate_by is not None and self.destination.nominate_by < day


def nominations_to(destination: RoundDestination) -> QuerySet[Nomination, Any]:
    """Return the nominations to a destination that were not withdrawn, by name."""
    related = (
        "offer__application__person",
        "offer__application__enrolment__unit",
        "offer__application__appointment__unit",
        "offer__pool",
        "destination__organisation",
    )
    rows = Nomination.objects.filter(destination=destination).exclude(state=NominationState.WITHDRAWN).select_related(*related)
    return rows.order_by("offer__application__person__family_name", "offer__application__person__given_name", "pk")


def told_to_partner(destination: RoundDestination) -> QuerySet[Nomination, Any]:
    """Return those that the partner has been told of: what its page, PDF and CSV show."""
    return nominations_to(destination).filter(state__in=TOLD)


def unprepared(round: Round) -> QuerySet[Offer, Any]:
    """Return the accepted offers of a round without a nomination; nobody is nominated to a host that they found themselves."""
    rows = Offer.objects.filter(application__round=round, state=OfferState.ACCEPTED, nomination__isnull=True)
    return rows.exclude(pool__destination__is_own_host=True)


def lists_of(rounds: QuerySet[Round, Any]) -> list[Listed]:
    """Return the lists of some rounds, the first deadline first; the number of queries does not grow with them."""
    rows = RoundDestination.objects.filter(round__in=rounds).select_related("organisation", "unit", "round")
    nominated = Nomination.objects.filter(destination__round__in=rounds).order_by().values_list("destination", "state")
    numbers = {(place, state): number for place, state, number in nominated.annotate(Count("pk"))}
    accepted = Offer.objects.filter(application__round__in=rounds, state=OfferState.ACCEPTED, nomination__isnull=True)
    waiting = dict(accepted.order_by().values_list("pool__destination").annotate(Count("pk")))
    found = [
        Listed(
            destination=row,
            prepared=numbers.get((row.pk, NominationState.PREPARED), 0),
            sent=numbers.get((row.pk, NominationState.SENT), 0),
            confirmed=numbers.get((row.pk, NominationState.CONFIRMED), 0),
            refused=numbers.get((row.pk, NominationState.REFUSED), 0),
            unprepared=waiting.get(row.pk, 0),
        )
        for row in rows
    ]
    shown = [each for each in found if each.to_do or each.sent or each.confirmed or each.refused]
    return sorted(shown, key=lambda each: (each.destination.nominate_by or date.max, each.destination.pk))
