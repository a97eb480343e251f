"""Whatever happens after publication, in whatever order: no place twice, nobody who is out comes back, everything on record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.factories.placements import PUBLISHED, Scored, a_published_run, a_scored_round, offered_again
from tests.factories.rounds import OFFICER

from goliard.apps.agreements.models import CooperationCondition, PlaceClaim
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.placement.models import Offer, PlacementRun
from goliard.apps.placement.queries.stored import rule_of, stored_assignment, stored_market
from goliard.apps.placement.services.offers import (
    accept_offer,
    decline_offer,
    expire_offers,
    give_by_hand,
    leave_waiting_lists,
    withdraw_offer,
)
from goliard.apps.placement.services.places import change_offered_places, remove_place
from goliard.apps.rounds.models import DestinationPool
from goliard.rules.access.actor import Actor, Role, RoleGrant
from goliard.rules.lifecycles.transition import TransitionRefused
from goliard.rules.placement.run import place

pytestmark = pytest.mark.django_db
STUDENT = Actor("user:student", (RoleGrant(Role.STUDENT),))
WISHES = ("alpha 9, bravo 9", "alpha 8, bravo 8", "bravo 7, alpha 7", "bravo 6, alpha 6", "alpha 5", "bravo 5, alpha 5")
WITH_A_REASON = {"withdraw-offer", "give-by-hand", "change-places"}
ACTIONS = ("accept", "decline", "wait", "expire", "withdraw", "remove", "places", "hand", "leave", "again", "again")


@dataclass
class Walk:
    """A published round while things happen, an hour apart; `out` are those who may be offered nothing any more."""

    scored: Scored
    now: datetime = PUBLISHED + timedelta(hours=1)
    out: set[int] = field(default_factory=set)

    def step(self, action: str, who: int, number: int) -> None:
        before = state()
        entries = JournalEntry.objects.count()
        try:
            self.acts()[action](self.scored.applications[who], number)
        except (Refused, TransitionRefused):
            assert state() == before, f"{action} was refused and wrote"
        self.now += timedelta(hours=1)
        if state() != before:
            assert JournalEntry.objects.count() > entries, f"{action} is not on record"
        self.holds()

    def acts(self) -> dict[str, Callable[[Any, int], object]]:
        at: dict[str, Any] = {"now": self.now}
        office = {"actor": OFFICER, **at}
        pools, said = self.scored.stage.pools, "The partner says so."
        return {
            "accept": lambda who, number: accept_offer(offer=live(who), hopes=number % 2 == 0, actor=STUDENT, **at),
            "decline": lambda who, _: self.leaves(who, lambda: decline_offer(offer=live(who), hopes=False, actor=STUDENT, **at)),
            "wait": lambda who, _: decline_offer(offer=live(who), hopes=True, actor=STUDENT, **at),
            "expire": lambda _who, _: self.expires(),
            "withdraw": lambda who, _: self.leaves(who, lambda: withdraw_offer(offer=live(who), reason="An error.", **office)),
            "remove": lambda who, _: remove_place(offer=live(who), reason="The partner takes it back.", **office),
            "places": lambda _who, number: change_offered_places(pool=pools[number % 2], places=number, reason=said, **office),
            "hand": self.by_hand,
            "leave": lambda who, _: self.leaves(who, lambda: leave_waiting_lists(application=who, actor=STUDENT, **at)),
            "again": lambda _who, _: self.again(),
        }  # fmt: skip

    def leaves(self, who: Any, act: Callable[[], object]) -> None:
        act()
        self.out.add(who.pk)

    def expires(self) -> None:
        self.now += timedelta(days=6)
        due = set(Offer.objects.filter(state="open", answer_by__lt=self.now).values_list("application", flat=True))
        assert expire_offers(round=self.scored.stage.round, actor=OFFICER, now=self.now) == len(due)
        self.out |= due

    def by_hand(self, who: Any, number: int) -> None:
        until = self.now + timedelta(days=5)
        pool = self.scored.stage.pools[number % 2]
        give_by_hand(application=who, pool=pool, answer_by=until, reason="Promised in error.", actor=OFFICER, now=self.now)
        self.out.discard(who.pk)

    def again(self) -> None:
        held = dict(Offer.objects.filter(state__in=("open", "accepted")).values_list("application", "rank"))
        run = PlacementRun.objects.get(pk=offered_again(self.scored, self.now).pk)
        market = stored_market(run)
        replayed = place(market, *rule_of(run))
        assert (run.audit_passed, replayed.fingerprint) == (True, run.fingerprint)
        assert replayed.assignment == stored_assignment(run, market)
        now = dict(Offer.objects.filter(state__in=("open", "accepted")).values_list("application", "rank"))
        assert all(rank is None or now[number] <= rank for number, rank in held.items()), "nobody lost a place"
        assert not (now.keys() - held.keys()) & self.out, "who is out was offered something"

    def holds(self) -> None:
        taken = Counter(Offer.objects.filter(state__in=("open", "accepted")).values_list("pool", flat=True))
        for pool in DestinationPool.objects.select_related("claim"):
            claimed = pool.claim.places if pool.claim is not None and pool.claim.state == "held" else 0
            assert taken[pool.pk] <= pool.places == claimed
        for condition in CooperationCondition.objects.filter(claims__isnull=False).distinct():
            claims = PlaceClaim.objects.filter(condition=condition).exclude(state="released")
            assert sum(claim.places for claim in claims) <= condition.mobilities_per_year
        for offer in Offer.objects.filter(state__in=("open", "accepted")):
            assert all(offer.reason if offer.origin == "hand" else nl != en for _rule, nl, en in offer.reasons or [["", "", "-"]])
            assert offer.origin == "hand" or offer.application.preferences.filter(destination=offer.pool.destination).exists()
        assert not JournalEntry.objects.filter(verb__in=WITH_A_REASON, reason="").exists()


def live(application: Any) -> Offer:
    found = Offer.objects.filter(application=application, state__in=("open", "accepted")).first()
    if found is None:
        raise Refused([])
    return found


def state() -> list[Any]:
    """Everything that a refusal leaves alone."""
    offers = Offer.objects.order_by("pk").values_list("pk", "state", "is_hoping", "reason")
    pools = DestinationPool.objects.order_by("pk").values_list("pk", "places", "claim")
    return [*offers, *pools, *PlaceClaim.objects.order_by("pk").values_list("pk", "places", "state")]


def rolled_back(scored: Scored) -> Iterator[Walk]:
    with transaction.atomic():
        yield Walk(scored)
        transaction.set_rollback(True)


def test_nothing_that_happens_afterwards_promises_a_place_twice() -> None:
    scored = a_scored_round(WISHES, places=2)
    a_published_run(scored, PUBLISHED + timedelta(days=5))
    CooperationCondition.objects.update(mobilities_per_year=3)

    @settings(max_examples=12)
    @given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.integers(0, len(WISHES) - 1), st.integers(0, 4)), min_size=6, max_size=10))
    def happens(steps: list[tuple[str, int, int]]) -> None:
        for walk in rolled_back(scored):
            for step in steps:
                walk.step(*step)
            walk.step("again", 0, 0)

    happens()
