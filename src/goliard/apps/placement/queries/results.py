"""What an applicant reads of the results: the place, why, until when, and where they wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goliard.apps.applications.models import Application
from goliard.apps.placement.choices import OfferState
from goliard.apps.placement.models import Offer, PlacementOutcome, WaitingListEntry
from goliard.apps.rounds.choices import RoundState
from goliard.rules.values.texts import Text

KNOWN = (RoundState.PUBLISHED, RoundState.ENDED)


@dataclass(frozen=True, slots=True)
class Result:
    """`offer` is the newest one (`None`: there was none); `reasons` are said in full, first the result; `waits` in order of wishes."""

    application: Application
    offer: Offer | None
    reasons: tuple[Text, ...]
    waits: tuple[WaitingListEntry, ...]
    is_late: bool

    @property
    def may_answer(self) -> bool:
        """Whether the offer waits for an answer and is still in time."""
        return self.offer is not None and self.offer.state == OfferState.OPEN and not self.is_late

    @property
    def may_give_back(self) -> bool:
        """Whether an accepted place can be given back."""
        return self.offer is not None and self.offer.state == OfferState.ACCEPTED and self.application.round.state == RoundState.PUBLISHED

    @property
    def may_leave(self) -> bool:
        """Whether the applicant waits without a place, and may stop waiting."""
        return bool(self.waits) and (self.offer is None or not self.offer.is_live) and self.application.round.state == RoundState.PUBLISHED

    @property
    def better(self) -> tuple[WaitingListEntry, ...]:
        """Better wishes than the place that is held."""
        rank = self.offer.rank if self.offer is not None and self.offer.rank else None
        return tuple(row for row in self.waits if rank is None or row.rank < rank)


def result_of(application: Application, now: datetime) -> Result | None:
    """Return the results of an application; None before they are published, and for who took no part."""
    if application.round.state not in KNOWN:
        return None
    offers = Offer.objects.filter(application=application).select_related("pool__destination__organisation", "pool__destination__unit")
    offer = offers.order_by("-pk").first()
    published = PlacementOutcome.objects.filter(application=application, run__published_at__isnull=False)
    outcome = published.order_by("-run__number").first()
    if offer is None and outcome is None:
        return None
    told = offer.reasons if offer is not None else outcome.reasons if outcome is not None else []
    waiting = WaitingListEntry.objects.filter(application=application, run__state="published", left_at=None)
    rows = waiting.select_related("pool__destination__organisation", "pool__destination__unit").order_by("rank", "pk")
    return Result(
        application,
        offer,
        tuple(Text(nl, en) for _rule, nl, en in told),
        tuple(rows),
        is_late=offer is not None and offer.state == OfferState.OPEN and now > offer.answer_by,
    )
