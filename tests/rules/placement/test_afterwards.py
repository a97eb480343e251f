"""After publication, in any order of events: nobody is promised twice, nobody loses a place by a rule, nobody is passed over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from tests.rules.placement.markets import markets, placed

from goliard.rules.placement.market import Applicant, Market, Wish, group_at
from goliard.rules.placement.policies import POLICIES, Policy
from goliard.rules.placement.reoffer import Answer, Reoffer, barred_now, market_again, set_apart, with_places
from goliard.rules.placement.run import place
from goliard.rules.placement.snapshot import canonical_lines, read_snapshot
from goliard.rules.placement.ties import BY_APPLICANT
from goliard.rules.values.texts import Reason, Text

RED = (Reason("advice", Text("het reisadvies is rood.", "the travel advice is red.")),)


@dataclass
class Seat:
    """A place that somebody was offered: `open` or `accepted`; `hand` tells that it was given by hand."""

    wish: Wish
    accepted: bool = False
    hopes: bool = True
    hand: bool = False


@dataclass
class Office:
    """A round as the office keeps it: who holds what, who waits for what, who is gone; places and advice as they are now."""

    market: Market
    policy: Policy
    places: dict[str, int]
    seats: dict[str, Seat] = field(default_factory=dict)
    given_back: dict[str, Wish] = field(default_factory=dict)  # waits for a better wish than this one only
    gone: set[str] = field(default_factory=set)
    red: set[str] = field(default_factory=set)

    def answers(self) -> dict[str, Answer]:
        staying = {who: Answer.HOPING if seat.hopes else Answer.ACCEPTED for who, seat in self.seats.items() if not seat.hand}
        return staying | dict.fromkeys(self.given_back, Answer.WAITING) | dict.fromkeys(self.gone, Answer.LEFT)

    def again(self) -> Reoffer:
        """As `apps/placement/queries/offering_again` puts the rules together."""
        by_hand = {who: seat.wish for who, seat in self.seats.items() if seat.hand}
        held = {who: seat.wish for who, seat in self.seats.items() if not seat.hand} | self.given_back
        market = set_apart(with_places(self.market, self.places), by_hand)
        rest, kept = market_again(market, held, self.answers(), self.policy)
        rest = barred_now(rest, dict.fromkeys(self.red, RED))
        return Reoffer(place(rest, self.policy, BY_APPLICANT), {**kept, **by_hand})

    def taken(self, destination: str) -> int:
        return sum(seat.wish.destination == destination for seat in self.seats.values())

    def competes(self, who: str) -> bool:
        seat = self.seats.get(who)
        return who not in self.gone and (seat is None or (not seat.hand and seat.hopes))


class Afterwards(RuleBasedStateMachine):
    """Offers are answered, lapse and are withdrawn; places come and go; then everything free is offered again."""

    office: Office

    @initialize(market=markets(most=6), policy=st.sampled_from(sorted(POLICIES)), one=st.booleans(), single=markets(most=6, one_score=True))
    def publishes(self, market: Market, policy: str, one: bool, single: Market) -> None:
        market = single if policy == "serial-dictatorship" or one else market
        self.office = Office(market, POLICIES[policy], {each.id: each.places for each in market.destinations})
        first = place(market, self.office.policy, BY_APPLICANT)
        first.require_publishable()
        self.office.seats = {who: Seat(wish) for who, wish in first.assignment.items()}

    def someone(self, data: st.DataObject, among: list[str]) -> str | None:
        return data.draw(st.sampled_from(sorted(among))) if among else None

    @rule(data=st.data(), hopes=st.booleans())
    def accepts(self, data: st.DataObject, hopes: bool) -> None:
        if who := self.someone(data, [who for who, seat in self.office.seats.items() if not seat.accepted]):
            self.office.seats[who].accepted, self.office.seats[who].hopes = True, hopes

    @rule(data=st.data(), waits=st.booleans())
    def gives_back(self, data: st.DataObject, waits: bool) -> None:
        if who := self.someone(data, list(self.office.seats)):
            seat = self.office.seats.pop(who)
            if not waits:
                self.office.gone.add(who)
            elif not seat.hand:
                self.office.given_back[who] = seat.wish

    @rule(data=st.data())
    def lets_it_pass(self, data: st.DataObject) -> None:
        if who := self.someone(data, [who for who, seat in self.office.seats.items() if not seat.accepted]):
            del self.office.seats[who]
            self.office.gone.add(who)

    @rule(data=st.data())
    def leaves(self, data: st.DataObject) -> None:
        waiting = [each.id for each in self.office.market.applicants if each.id not in self.office.seats]
        if who := self.someone(data, waiting):
            self.office.gone.add(who)
            self.office.given_back.pop(who, None)

    @rule(data=st.data())
    def loses_the_place_itself(self, data: st.DataObject) -> None:
        """The partner takes a place back; whose it was competes again."""
        if who := self.someone(data, list(self.office.seats)):
            self.office.places[self.office.seats.pop(who).wish.destination] -= 1

    @rule(data=st.data(), more=st.integers(-2, 2))
    def places_change(self, data: st.DataObject, more: int) -> None:
        """Never fewer than are held."""
        name = data.draw(st.sampled_from(sorted(self.office.places)))
        self.office.places[name] = max(self.office.taken(name), self.office.places[name] + more)

    @rule(data=st.data())
    def gives_by_hand(self, data: st.DataObject) -> None:
        """A free place to somebody without one, also where the maximum of a group is full; it need not be a wish."""
        free = [name for name, places in self.office.places.items() if self.office.taken(name) < places]
        people = [each.id for each in self.office.market.applicants if each.id not in self.office.seats]
        where, who = self.someone(data, free), self.someone(data, people)
        if where and who:
            wishes = next(each.wishes for each in self.office.market.applicants if each.id == who)
            wish = next((each for each in wishes if each.destination == where), Wish(1, where, Decimal(0)))
            self.office.seats[who] = Seat(wish, hand=True)
            self.office.gone.discard(who)
            self.office.given_back.pop(who, None)

    @rule(data=st.data())
    def advice_turns(self, data: st.DataObject) -> None:
        self.office.red ^= {data.draw(st.sampled_from(sorted(self.office.places)))}

    @precondition(lambda self: hasattr(self, "office"))
    @rule()
    def offers_again(self) -> None:
        office = self.office
        before, again = dict(office.seats), office.again()
        again.run.require_publishable()
        text = "".join(canonical_lines(again.run.market))
        assert placed(place(read_snapshot(text), office.policy, BY_APPLICANT).assignment) == placed(again.run.assignment)
        self.nobody_loses(before, again)
        self.nobody_is_passed_over(before, again)
        self.everybody_is_told(again)
        for who, wish in again.assignment.items():
            seat = before.get(who)
            if seat is None or seat.wish.destination != wish.destination:
                office.seats[who] = Seat(wish, accepted=seat is not None and seat.accepted)
                office.given_back.pop(who, None)

    def nobody_loses(self, before: dict[str, Seat], again: Reoffer) -> None:
        for who, seat in before.items():
            now = again.assignment[who]
            assert now.destination == seat.wish.destination or (self.office.competes(who) and now.rank <= seat.wish.rank)
        for who, wish in again.assignment.items():
            assert who in before or self.office.competes(who)
            assert who not in self.office.given_back or wish.rank < self.office.given_back[who].rank
            assert who in before or wish.destination not in self.office.red

    def nobody_is_passed_over(self, before: dict[str, Seat], again: Reoffer) -> None:
        """Who competes wants no place that is free, and none that somebody with less right was given just now."""
        if not self.office.policy.rerun_harms_nobody:
            return
        new = {who: wish for who, wish in again.assignment.items() if who not in before or before[who].wish.destination != wish.destination}
        people = {each.id: each for each in self.office.market.applicants}
        for person in people.values():
            if self.office.competes(person.id):
                for wish in self.wanted(person, again):
                    destination = self.office.market.destination[wish.destination]
                    if destination.maximum(group_at(destination, person)) >= destination.places and not destination.reserves:
                        assert (
                            sum(each.destination == wish.destination for each in again.assignment.values())
                            >= self.office.places[wish.destination]
                        )
                    for other, given in new.items():
                        if given.destination == wish.destination and group_at(destination, people[other]) == group_at(destination, person):
                            assert (given.score, person.id) > (wish.score, other)

    def wanted(self, person: Applicant, again: Reoffer) -> list[Wish]:
        """The wishes that somebody would rather have than what came of it, and may have."""
        got, least = again.assignment.get(person.id), self.office.given_back.get(person.id)
        found = []
        for wish in person.wishes:
            if wish in (got, least):
                break
            if wish.destination not in self.office.red:
                found.append(wish)
        return found

    def everybody_is_told(self, again: Reoffer) -> None:
        for outcome in again.run.outcomes:
            assert outcome.reasons
            assert not outcome.wish or not outcome.wish.barred
            for reason in outcome.reasons:
                assert reason.because.nl != reason.because.en
                assert "{" not in reason.because.nl + reason.because.en
                assert reason.rule != "placement.passed-over" or not self.office.policy.rerun_harms_nobody

    @invariant()
    def no_place_is_promised_twice(self) -> None:
        if hasattr(self, "office"):
            taken = Counter(seat.wish.destination for seat in self.office.seats.values())
            assert all(taken[name] <= places for name, places in self.office.places.items())
            assert not self.office.seats.keys() & self.office.gone


TestAfterwards = Afterwards.TestCase
TestAfterwards.settings = settings(max_examples=200, stateful_step_count=15)
