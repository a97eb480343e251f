"""Who answered what: the offers of a round as the rules of offering again read them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.models import Application
from goliard.apps.placement.choices import OfferOrigin, OfferState
from goliard.apps.placement.models import Offer, WaitingListEntry
from goliard.apps.placement.queries.gathering import applicant_id
from goliard.apps.rounds.models import Round
from goliard.rules.placement.reoffer import Answer


def newest_offers(round: Round) -> dict[int, Offer]:
    """Return the newest offer of every application of a round that has had one."""
    rows = Offer.objects.filter(application__round=round).select_related("pool", "application").order_by("pk")
    return {row.application_id: row for row in rows}


def answer_of(offer: Offer) -> Answer:
    """Return where an applicant stands with an offer."""
    match offer.state:
        case OfferState.ACCEPTED:
            return Answer.HOPING if offer.is_hoping else Answer.ACCEPTED
        case OfferState.DECLINED:
            return Answer.WAITING if offer.is_hoping else Answer.LEFT
        case OfferState.OPEN | OfferState.REPLACED:
            return Answer.HOPING
        case OfferState.WITHDRAWN if offer.is_hoping:
            return Answer.HOPING  # the place is gone, the applicant is not
    return Answer.LEFT


def answers_in(round: Round) -> dict[str, Answer]:
    """Return the answers of a round by applicant; who has had none goes on hoping and is absent, who withdrew has left."""
    found = {applicant_id(number): answer_of(offer) for number, offer in newest_offers(round).items()}
    gone = Application.objects.filter(round=round).exclude(state=ApplicationState.SUBMITTED).values_list("pk", flat=True)
    left = WaitingListEntry.objects.filter(run__round=round, left_at__isnull=False).values_list("application_id", flat=True)
    without = {applicant_id(number) for number in left} - found.keys()
    return found | {applicant_id(number): Answer.LEFT for number in gone} | dict.fromkeys(without, Answer.LEFT)


def places_in_line(entries: Sequence[WaitingListEntry]) -> list[int]:
    """Return the place of each entry among those who still wait on its list: who left or stays elsewhere stands in nobody's way."""
    before = [
        set(
            WaitingListEntry.objects.filter(run=row.run_id, pool=row.pool_id, position__lt=row.position, left_at=None).values_list(
                "application_id", flat=True
            )
        )
        for row in entries
    ]
    people = set().union(*before)
    gone = not_waiting(people)
    return [len(ahead - gone) + 1 for ahead in before]


def not_waiting(applications: Collection[int]) -> set[int]:
    """Return those of some applications that wait for nothing any more."""
    rows = Offer.objects.filter(application__in=applications).order_by("pk")
    newest = {row.application_id: row for row in rows}
    out = {number for number, offer in newest.items() if answer_of(offer) in {Answer.ACCEPTED, Answer.LEFT}}
    withdrew = Application.objects.filter(pk__in=applications).exclude(state=ApplicationState.SUBMITTED)
    return out | set(withdrew.values_list("pk", flat=True))


def held_by_hand(round: Round) -> dict[str, str]:
    """Return the places that were given by hand and are held: public ids of pools by applicant."""
    return {
        applicant_id(number): str(offer.pool.public_id)
        for number, offer in newest_offers(round).items()
        if offer.is_live and offer.origin == OfferOrigin.HAND
    }
