"""Answers to offers, and what the office does with one: let it expire, withdraw it, give a place by hand."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from goliard.apps.applications.choices import ApplicationState
from goliard.apps.applications.models import Application
from goliard.apps.applications.services.letters import send_letter
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.services import record
from goliard.apps.messaging.letters import Letter
from goliard.apps.placement.choices import OfferOrigin, OfferState, RunState
from goliard.apps.placement.letters import ACCEPTED, BY_HAND, DECLINED, EXPIRED, PLACE_GONE, REMINDER, WITHDRAWN
from goliard.apps.placement.models import Offer, WaitingListEntry
from goliard.apps.placement.models.offers import LIVE
from goliard.apps.placement.queries.gathering import barred_on
from goliard.apps.placement.queries.moments import told_moment
from goliard.apps.placement.queries.publication import over_promised
from goliard.apps.rounds.choices import RoundState
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.rules.access.actor import Actor
from goliard.rules.lifecycles.offer import OFFER
from goliard.rules.values.texts import Reason, Text


@transaction.atomic
def accept_offer(*, offer: Offer, hopes: bool, actor: Actor, now: datetime) -> Offer:
    """Accept an offer in time; `hopes` keeps the applicant on the lists of better wishes. Raises Refused when late, TransitionRefused."""
    return _answered(offer, "accept", ACCEPTED, hopes=hopes, actor=actor, now=now)


@transaction.atomic
def decline_offer(*, offer: Offer, hopes: bool, actor: Actor, now: datetime) -> Offer:
    """Decline an offer, or give an accepted place back; `hopes` goes on waiting for a better wish only.

    Raises Refused when late and once the round has ended, TransitionRefused.
    """
    return _answered(offer, "decline", DECLINED, hopes=hopes, actor=actor, now=now)


@transaction.atomic
def withdraw_offer(*, offer: Offer, reason: str, actor: Actor, now: datetime, stays: bool = False) -> Offer:
    """Take an offer back, with a reason that the applicant reads; who `stays` competes again with every wish.

    Raises Refused without a reason, TransitionRefused.
    """
    locked = _locked(offer)
    if not reason.strip():
        raise Refused([Reason("withdraw-why", Text("Geef de reden.", "Give the reason."), field="reason")])
    locked.state = OFFER.next_state(state=locked.state, action="withdraw", actor=actor)
    locked.ended_at, locked.reason, locked.is_hoping = now, reason.strip(), stays
    locked.save(update_fields=["state", "ended_at", "reason", "is_hoping"])
    _tell(locked, PLACE_GONE if stays else WITHDRAWN, now, reason=locked.reason)
    record(actor=actor, verb="withdraw-offer", subject=locked, now=now, reason=locked.reason, details={"stays": stays})
    return locked


@transaction.atomic
def expire_offers(*, round: Round, actor: Actor, now: datetime) -> int:
    """Let every offer of a round expire whose moment has passed without an answer; return how many."""
    _lock_round(round.pk)
    due = list(Offer.objects.select_for_update(of=("self",)).filter(application__round=round, state=OfferState.OPEN, answer_by__lt=now))
    for offer in due:
        offer.state = OFFER.next_state(state=offer.state, action="expire", actor=actor)
        offer.ended_at = now
        offer.save(update_fields=["state", "ended_at"])
        _tell(offer, EXPIRED, now)
    if due:
        numbers = [offer.application_id for offer in due]
        record(actor=actor, verb="expire-offers", subject=round, now=now, details={"applications": numbers})
    return len(due)


@transaction.atomic
def remind_offers(*, round: Round, actor: Actor, now: datetime) -> int:
    """Remind everybody whose offer waits for an answer, once an offer; return how many letters were queued."""
    waiting = Offer.objects.filter(application__round=round, state=OfferState.OPEN, answer_by__gte=now)
    sent = sum(_tell(offer, REMINDER, now) for offer in waiting.select_related("application__round", "pool__destination__organisation"))
    if sent:
        record(actor=actor, verb="remind-offers", subject=round, now=now, details={"letters": sent})
    return sent


@transaction.atomic
def leave_waiting_lists(*, application: Application, actor: Actor, now: datetime) -> int:
    """Leave every waiting list of a round for good, for who has no place; return how many lists.

    Who gave a place back and waited for a better wish, or whose place was taken away, stops waiting too. Raises Refused for who waits
    nowhere.
    """
    _lock_round(application.round_id)
    waiting = WaitingListEntry.objects.filter(application=application, run__state=RunState.PUBLISHED, left_at=None)
    has_place = Offer.objects.filter(application=application, state__in=LIVE).exists()
    hoping = Offer.objects.filter(application=application, is_hoping=True)
    if has_place or not (waiting.exists() or hoping.exists()):
        raise Refused([Reason("not-waiting", Text("Je staat op geen wachtlijst.", "You are on no waiting list."))])
    left = waiting.update(left_at=now)
    hoping.update(is_hoping=False)
    record(actor=actor, verb="leave-waiting", subject=application, now=now, details={"lists": left})
    return left


@transaction.atomic
def give_by_hand(
    *, application: Application, pool: DestinationPool, answer_by: datetime, reason: str, actor: Actor, now: datetime
) -> Offer:
    """Offer a free place outside the policy, with a reason; it is shown as such for good.

    Raises Refused without a reason, for who has a place already or did not hand in, before publication, where no place is free, and where
    nobody may go today.
    """
    round_ = _lock_round(application.round_id)
    place = DestinationPool.objects.select_for_update(of=("self",)).select_related("claim", "destination__organisation").get(pk=pool.pk)
    if faults := [*_not_by_hand(round_, application, place), *_nobody_goes(place, now), *_words_by_hand(reason, answer_by, now)]:
        raise Refused(faults)
    rank = application.preferences.filter(destination=place.destination).values_list("rank", flat=True).first()
    offer = Offer.objects.create(
        application=application, pool=place, rank=rank, origin=OfferOrigin.HAND, reason=reason.strip(), offered_at=now, answer_by=answer_by
    )
    _tell(offer, BY_HAND, now, reason=offer.reason)
    record(actor=actor, verb="give-by-hand", subject=offer, now=now, reason=offer.reason, details={"application": application.pk})
    return offer


def _nobody_goes(place: DestinationPool, now: datetime) -> list[Reason]:
    name = place.destination.name
    return [
        Reason(why.rule, Text(f"{name('nl')}: {why.because.nl}", f"{name('en')}: {why.because.en}"), field="pool")
        for why in barred_on(place.destination, localdate(now))
    ]


def _words_by_hand(reason: str, answer_by: datetime, now: datetime) -> list[Reason]:
    found = []
    if not reason.strip():
        found.append(Reason("by-hand-why", Text("Geef de reden.", "Give the reason."), field="reason"))
    if answer_by <= now:
        found.append(Reason("answer-by", Text("Kies een moment na nu.", "Choose a moment after now."), field="answer_by"))
    return found


def _not_by_hand(round_: Round, application: Application, place: DestinationPool) -> list[Reason]:
    found = []
    if round_.state != RoundState.PUBLISHED or place.destination.round_id != round_.pk:
        found.append(Reason("by-hand-state", Text("Dit kan na de bekendmaking.", "This is possible after publication.")))
    if application.state != ApplicationState.SUBMITTED:
        found.append(
            Reason("not-submitted", Text("Deze aanmelding doet niet mee.", "This application does not take part."), field="application")
        )
    if Offer.objects.filter(application=application, state__in=LIVE).exists():
        found.append(
            Reason("has-offer", Text("Deze aanmelding heeft al een plaats.", "This application has a place."), field="application")
        )
    taken = Offer.objects.filter(pool=place, state__in=LIVE).count()
    if taken + 1 > place.available:
        found.append(over_promised(place, taken + 1, place.available))
    return found


def _answered(offer: Offer, action: str, letter: Letter, *, hopes: bool, actor: Actor, now: datetime) -> Offer:
    locked = _locked(offer)
    if locked.application.round.state == RoundState.ENDED:
        text = Text("De ronde is afgerond: vraag het bureau.", "The round has ended: ask the office.")
        raise Refused([Reason("round-over", text)])
    was_open = locked.state == OfferState.OPEN
    locked.state = OFFER.next_state(state=locked.state, action=action, actor=actor)
    if was_open and now > locked.answer_by:
        text = Text("De termijn om te antwoorden is verstreken.", "The time to answer has passed.")
        raise Refused([Reason("offer-late", text)])
    locked.answered_at, locked.is_hoping = now, hopes and (locked.rank or 1) > 1
    if action == "decline":
        locked.ended_at = now
    locked.save(update_fields=["state", "answered_at", "ended_at", "is_hoping"])
    _tell(locked, letter, now)
    record(actor=actor, verb=f"{action}-offer", subject=locked, now=now, details={"hopes": locked.is_hoping})
    return locked


def _locked(offer: Offer) -> Offer:
    """Lock the round of an offer, then the offer: an answer waits for a publication or an ending that is under way, and they for it."""
    _lock_round(Application.objects.values_list("round_id", flat=True).get(pk=offer.application_id))
    rows = Offer.objects.select_for_update(of=("self",)).select_related("application__round", "application__person", "pool__destination")
    return rows.get(pk=offer.pk)


def _lock_round(number: int) -> Round:
    return Round.objects.select_for_update(of=("self",)).get(pk=number)


def _tell(offer: Offer, letter: Letter, now: datetime, *, reason: str = "") -> bool:
    application = offer.application
    language = application.language
    values = {
        "destination": offer.pool.destination.name(language),
        "until": told_moment(offer.answer_by, application.round.zone, language),
        "reason": reason,
    }
    return send_letter(letter=letter, application=application, values=values, now=now, once=f"offer-{offer.pk}") is not None
