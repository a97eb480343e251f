"""What an applicant reads of the results: how it stands, why, until when, and where they wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from goliard.apps.applications.models import Application
from goliard.apps.placement.choices import OfferOrigin, OfferState
from goliard.apps.placement.models import Offer, PlacementOutcome, WaitingListEntry
from goliard.apps.placement.queries.answers import places_in_line
from goliard.apps.placement.queries.standing import standing_of
from goliard.apps.rounds.choices import RoundState
from goliard.rules.values.texts import Text

KNOWN = (RoundState.PUBLISHED, RoundState.ENDED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A list on which somebody waits; `position` counts who still waits, and nobody who left or stays elsewhere."""

    entry: WaitingListEntry
    position: int


@dataclass(frozen=True, slots=True)
class Result:
    """`offer` is the newest one (`None`: there was none); `now` says how it stands; `reasons` are said in full, first the result.

    `past` are the reasons of a place that is held no longer; `waits` stand in the order of wishes.
    """

    application: Application
    offer: Offer | None
    now: Text
    reasons: tuple[Text, ...]
    past: tuple[Text, ...]
    waits: tuple[Waiting, ...]
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
        waits = bool(self.waits) or (self.offer is not None and self.offer.is_hoping)
        return waits and (self.offer is None or not self.offer.is_live) and self.application.round.state == RoundState.PUBLISHED

    @property
    def better(self) -> tuple[Waiting, ...]:
        """Better wishes than the place that is held, or was given back to wait for one of them."""
        offer = self.offer
        rank = offer.rank if offer is not None and offer.rank and offer.state != OfferState.WITHDRAWN else None
        return tuple(row for row in self.waits if rank is None or row.entry.rank < rank)


def result_of(application: Application, now: datetime) -> Result | None:
    """Return the results of an application; None before they are published, and for who took no part."""
    if application.round.state not in KNOWN:
        return None
    offers = Offer.objects.filter(application=application).select_related(
        "pool__destination__organisation", "pool__destination__unit", "run"
    )
    offer = offers.order_by("-pk").first()
    published = PlacementOutcome.objects.filter(application=application, run__published_at__isnull=False).select_related("run")
    outcome = published.order_by("-run__number").first()
    if offer is None and outcome is None:
        return None
    reasons, past = _told(offer, outcome)
    is_late = offer is not None and offer.state == OfferState.OPEN and now > offer.answer_by
    waits = () if _is_out(offer) else _waits(application)
    return Result(application, offer, standing_of(offer, reasons, is_late=is_late), reasons, past, waits, is_late)


def _told(offer: Offer | None, outcome: PlacementOutcome | None) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """The reasons that hold now, and those of a place that is held no longer.

    A place that stands is explained as it was offered, or, while better wishes are hoped for, as the newest run tells of them.
    """
    if offer is None:
        return _texts(outcome.reasons if outcome else []), ()
    is_newer = outcome is not None and offer.run is not None and outcome.run.number > offer.run.number
    newer = _texts(outcome.reasons) if outcome is not None and is_newer else ()
    if not offer.is_live:
        return newer if offer.is_hoping else (), _texts(offer.reasons)
    same = outcome is not None and outcome.pool_id == offer.pool_id and len(newer) >= len(offer.reasons)
    return newer if newer and same and offer.origin == OfferOrigin.RUN else _texts(offer.reasons), ()


def _is_out(offer: Offer | None) -> bool:
    """Whether somebody waits for nothing any more: accepted or declined for good, too late, withdrawn."""
    return offer is not None and offer.state != OfferState.OPEN and not offer.is_hoping


def _waits(application: Application) -> tuple[Waiting, ...]:
    rows = WaitingListEntry.objects.filter(application=application, run__state="published", left_at=None)
    mine = list(rows.select_related("pool__destination__organisation", "pool__destination__unit").order_by("rank", "pk"))
    return tuple(Waiting(row, position) for row, position in zip(mine, places_in_line(mine), strict=True))


def _texts(told: list[list[str]]) -> tuple[Text, ...]:
    return tuple(Text(nl, en) for _rule, nl, en in told)
