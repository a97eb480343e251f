from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.placement.markets import market, markets, placed

from goliard.rules.placement.audit import audit
from goliard.rules.placement.deferred_acceptance import deferred_acceptance
from goliard.rules.placement.market import Applicant, Destination, GroupPlaces, Market, Wish
from goliard.rules.placement.policies import FAIR
from goliard.rules.placement.ties import BY_APPLICANT, TieRule
from goliard.rules.values.texts import Reason, Text


def test_the_best_of_all_who_asked_keeps_the_place() -> None:
    given_market = market({"Lisboa": 1, "Praha": 1}, {"ann": "Lisboa 7, Praha 7", "bob": "Lisboa 8, Praha 6", "cas": "Praha 6.5"})
    assert placed(deferred_acceptance(given_market, BY_APPLICANT)) == {"ann": "Praha", "bob": "Lisboa"}


def test_a_place_held_for_a_while_can_be_lost_again() -> None:
    given_market = market({"A": 1, "B": 1}, {"x": "A 5, B 9", "y": "B 6, A 8", "z": "A 7"})
    assert placed(deferred_acceptance(given_market, BY_APPLICANT)) == {"x": "B", "y": "A"}


def test_scores_may_differ_per_destination() -> None:
    given_market = market({"A": 1, "B": 1}, {"x": "A 9, B 5", "y": "A 8, B 7"})
    assert placed(deferred_acceptance(given_market, BY_APPLICANT)) == {"x": "A", "y": "B"}


def test_the_reserve_calls_back_a_place_from_a_higher_score() -> None:
    praha = Destination("Praha", 1, reserves=(GroupPlaces("few", 1),))
    given_market = market({"Praha": praha, "Lisboa": 1}, {"x": "Praha 9, Lisboa 9", "y": "Praha 6"}, {"y": "few"})
    assert placed(deferred_acceptance(given_market, BY_APPLICANT)) == {"x": "Lisboa", "y": "Praha"}


def test_a_barred_wish_is_passed_over() -> None:
    barred = Wish(1, "A", next(iter(market({"A": 1}, {"x": "A 9"}).applicants)).wishes[0].score, (Reason("level", Text("n", "e")),))
    given_market = Market((Applicant("x", (barred, Wish(2, "B", barred.score))),), (Destination("A", 1), Destination("B", 1)))
    assert placed(deferred_acceptance(given_market, BY_APPLICANT)) == {"x": "B"}


def test_a_seed_draws_another_order_than_the_ids() -> None:
    """The winners are those of `printf '%s\ns%s' SEED NUMBER | sha256sum'."""
    given_market = market({"A": 1}, {f"s{number}": "A 7" for number in range(9)})
    winners = {seed: placed(deferred_acceptance(given_market, TieRule(seed))) for seed in ("applicant", "2027-1", "2027-2")}
    assert winners == {"applicant": {"s0": "A"}, "2027-1": {"s8": "A"}, "2027-2": {"s6": "A"}}


@given(markets(), st.sampled_from(["applicant", "seed 1"]))
def test_the_audit_finds_nothing(given_market: Market, ties: str) -> None:
    report = audit(given_market, deferred_acceptance(given_market, TieRule(ties)), TieRule(ties), FAIR)
    assert report.findings == ()
    assert report.passed


@given(markets(), st.randoms(use_true_random=False))
def test_row_order_never_matters(given_market: Market, random: object) -> None:
    rows = list(given_market.applicants), list(given_market.destinations)
    for row in rows:
        random.shuffle(row)  # type: ignore[attr-defined]
    shuffled = Market(tuple(rows[0]), tuple(rows[1]))
    assert deferred_acceptance(shuffled, BY_APPLICANT) == deferred_acceptance(given_market, BY_APPLICANT)


@settings(max_examples=60)
@given(markets(most=4))
def test_of_all_outcomes_that_the_audit_passes_it_is_everyones_best(given_market: Market) -> None:
    ours = deferred_acceptance(given_market, BY_APPLICANT)
    for other in every_assignment(given_market):
        if audit(given_market, other, BY_APPLICANT, FAIR).passed:
            for applicant in given_market.applicants:
                assert rank(ours, applicant.id) <= rank(other, applicant.id)


@given(markets(most=5), st.data())
def test_nobody_gains_by_another_list(given_market: Market, data: st.DataObject) -> None:
    if not given_market.applicants:
        return
    liar = data.draw(st.sampled_from(given_market.applicants))
    truth = {wish.destination: wish.rank for wish in liar.wishes}
    told = data.draw(st.lists(st.sampled_from(liar.wishes), unique=True) if liar.wishes else st.just([]))
    tale = tuple(Wish(rank, wish.destination, wish.score) for rank, wish in enumerate(told, 1))
    others = tuple(applicant for applicant in given_market.applicants if applicant is not liar)
    lied = deferred_acceptance(Market((*others, Applicant(liar.id, tale, liar.groups)), given_market.destinations), BY_APPLICANT)
    got = lied.get(liar.id)
    assert rank(deferred_acceptance(given_market, BY_APPLICANT), liar.id) <= (truth[got.destination] if got else 99)


def every_assignment(given_market: Market) -> Iterator[dict[str, Wish]]:
    names = [applicant.id for applicant in given_market.applicants]
    for combination in itertools.product(*([None, *applicant.wishes] for applicant in given_market.applicants)):
        yield {name: wish for name, wish in zip(names, combination, strict=True) if wish is not None}


def rank(assignment: dict[str, Wish], applicant: str) -> int:
    return assignment[applicant].rank if applicant in assignment else 99
