"""The market after answers: the wishes that are left, places and travel advice as they are now, places given by hand set apart."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any

from goliard.apps.institutions.refusals import Refused
from goliard.apps.placement.choices import OfferOrigin, OfferState, RunKind
from goliard.apps.placement.models import PlacementRun
from goliard.apps.placement.queries.answers import answers_in, held_by_hand, newest_offers
from goliard.apps.placement.queries.gathering import Gathered, applicant_id, barred_on
from goliard.apps.placement.queries.stored import rule_of, stored_market, told_reasons
from goliard.apps.rounds.models import DestinationPool, Round
from goliard.rules.placement.market import Market, MarketProblem, Wish
from goliard.rules.placement.reoffer import Answer, barred_now, market_again, set_apart, with_places
from goliard.rules.values.texts import Reason, Text

NOT_PUBLISHED = Reason("reoffer-unpublished", Text("Er is nog geen uitslag bekendgemaakt.", "No results have been published yet."))


def first_published(round: Round) -> PlacementRun | None:
    """Return the newest run of a whole round that was published; what is offered again goes back to its wishes."""
    return round.placement_runs.filter(kind=RunKind.PLACEMENT, published_at__isnull=False).order_by("-number").first()


def gathered_again(round: Round, day: date) -> tuple[Gathered, PlacementRun]:
    """Return what is placed again after the answers until now, and the run that it goes back to.

    What bars a destination on `day` bars it for everybody who does not hold a place there. Raises Refused before publication, and where
    more places are offered than there are.
    """
    base = first_published(round)
    if base is None:
        raise Refused([NOT_PUBLISHED])
    whole = stored_market(base)
    by_hand = held_by_hand(round)
    seats = {applicant: _seat(whole, applicant, pool) for applicant, pool in by_hand.items() if pool in whole.destination}
    try:
        market = set_apart(with_places(whole, _places_of_today(whole, _held_by_others(whole, by_hand))), seats)
        again, _kept = market_again(market, _answered(round, market), _without(answers_in(round), by_hand), rule_of(base)[0])
        again, why = _barred_today(round, again, day)
    except MarketProblem as problem:
        raise Refused([Reason("reoffer-input", problem.because)]) from None
    told = {key: dict(value) for key, value in base.told.items()}
    told["barred"] = told.get("barred", {}) | why
    return Gathered(again, told), base


def _held_by_others(market: Market, by_hand: dict[str, str]) -> Counter[str]:
    """Places that were given by hand to people who took no part in the run."""
    known = {each.id for each in market.applicants}
    return Counter(pool for applicant, pool in by_hand.items() if applicant not in known)


def _places_of_today(market: Market, taken: Counter[str]) -> dict[str, int]:
    """A partner may have taken a place away since, or the office may have drawn one more."""
    ids = [each.id for each in market.destinations]
    rows = DestinationPool.objects.filter(public_id__in=ids, destination__is_withdrawn=False).values_list("public_id", "places")
    return {str(key): places - taken[str(key)] for key, places in rows}


def _barred_today(round: Round, market: Market, day: date) -> tuple[Market, dict[str, Any]]:
    """The market without places where nobody may go by now, and the sentences about them."""
    rows = DestinationPool.objects.filter(destination__round=round).select_related("destination__organisation", "destination__round")
    barred = {str(row.public_id): why for row in rows if (why := barred_on(row.destination, day))}
    after = barred_now(market, barred)
    told = {
        f"{each.id} {wish.destination}": told_reasons(wish.barred)
        for each, before in zip(after.applicants, market.applicants, strict=True)
        for wish, old in zip(each.wishes, before.wishes, strict=True)
        if wish.barred and not old.barred
    }
    return after, told


def _answered(round: Round, market: Market) -> dict[str, Wish]:
    """The wish that every applicant was last offered by a run, unless the place was taken away."""
    wishes = {(each.id, wish.destination): wish for each in market.applicants for wish in each.wishes}
    offers = newest_offers(round)
    keys = {
        applicant_id(number): str(offer.pool.public_id)
        for number, offer in offers.items()
        if offer.origin == OfferOrigin.RUN and offer.state != OfferState.WITHDRAWN
    }
    return {applicant: wishes[applicant, pool] for applicant, pool in keys.items() if (applicant, pool) in wishes}


def _seat(market: Market, applicant: str, pool: str) -> Wish:
    """The place that was given by hand; it need not be one of the wishes."""
    own = next((each for each in market.applicants if each.id == applicant), None)
    known = next((wish for wish in own.wishes if wish.destination == pool), None) if own else None
    return known or Wish(1, pool, Decimal(0))


def _without(answers: dict[str, Answer], taken_out: dict[str, str]) -> dict[str, Answer]:
    return {applicant: answer for applicant, answer in answers.items() if applicant not in taken_out}
