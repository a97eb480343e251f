"""The final balance, and by which rule money may move."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.grants.balance import balance
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.transfers import FREE, Move, TransferKind, kind_of_move, room_for_transfer, transfer_refusal
from goliard.rules.values.money import Money

TRAVEL, SUPPORT, ORGANISATION = "travel", "individual_support", "organisational_support"


@pytest.mark.parametrize(
    ("move", "kind"),
    [
        (Move(ORGANISATION, TRAVEL), TransferKind.FROM_ORGANISATIONAL_SUPPORT),
        (Move(ORGANISATION, SUPPORT), TransferKind.FROM_ORGANISATIONAL_SUPPORT),
        (Move(TRAVEL, ORGANISATION), None),
        (Move(TRAVEL, SUPPORT), None),
        (Move(SUPPORT, SUPPORT, "incoming", "outgoing"), TransferKind.BETWEEN_DIRECTIONS),
        (Move(SUPPORT, SUPPORT), None),
        (Move(SUPPORT, "exceptional_costs"), TransferKind.TO_EXCEPTIONAL_COSTS),
        (Move(SUPPORT, SUPPORT, is_other_project=True), FREE),
        (Move(SUPPORT, SUPPORT, is_other_project=True, same_region=False), None),
        (Move(SUPPORT, TRAVEL, is_other_project=True), None),
    ],
)
def test_by_which_rule_money_moves(move: Move, kind: object) -> None:
    assert kind_of_move(move) == kind


@pytest.mark.parametrize(
    ("amount", "available", "rule"),
    [
        (0, 100, "transfer-amount"),
        (101, 100, "transfer-available"),
        (51, 100, "transfer-limit"),
        (50, 100, None),
    ],
)
def test_money_stays_where_the_rule_or_the_heading_leaves_no_room(amount: int, available: int, rule: str | None) -> None:
    kind = TransferKind.FROM_ORGANISATIONAL_SUPPORT
    table = published_table("KA171", 2022)
    room = room_for_transfer(kind, project=Money(1000), organisational_support=Money(100), moved=Money(0), table=table)
    refusal = transfer_refusal(Move(ORGANISATION, TRAVEL), room, amount=Money(amount), available=Money(available))
    assert (refusal.rule if refusal else None) == rule


def test_what_was_spent_above_a_heading_is_covered_only_after_a_transfer() -> None:
    planned, granted, realised = {TRAVEL: 900, SUPPORT: 2000}, {TRAVEL: 1000, SUPPORT: 2000}, {TRAVEL: 1200, SUPPORT: 1500}
    found = balance(planned, granted, realised, [])
    assert [(each.category, each.covered, each.unspent) for each in found.headings] == [(TRAVEL, 1000, -200), (SUPPORT, 1500, 500)]
    assert (found.granted, found.realised, found.returns) == (3000, 2700, 500)
    moved = balance(planned, granted, realised, [(SUPPORT, TRAVEL, 200)])
    assert [(each.available, each.unspent) for each in moved.headings] == [(1200, 0), (1800, 300)]
    assert moved.returns == 300
    assert balance(planned, granted, {TRAVEL: 1, SUPPORT: None}, []).returns is None


CENTS = st.integers(0, 10**9)


@given(granted=st.tuples(CENTS, CENTS), realised=st.tuples(CENTS, CENTS), cents=CENTS)
def test_what_is_covered_and_what_returns_are_together_the_grant(granted: tuple, realised: tuple, cents: int) -> None:
    names = (TRAVEL, SUPPORT)
    found = balance({}, dict(zip(names, granted, strict=True)), dict(zip(names, realised, strict=True)), [(SUPPORT, TRAVEL, cents)])
    assert sum(each.covered or 0 for each in found.headings) + (found.returns or 0) == sum(granted)
