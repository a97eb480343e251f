"""Who must act next: every situation of an agreement in the network, as an officer would tell it."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.rules.agreements.turn import TABLE, Standing, Who, turn_of

APPROVED = Standing(
    is_published=True, is_known=True, we_name_theirs=True, they_name_ours=True, we_approved=True, they_approved=True
)  # fmt: skip
CASES = [
    # what is not so (any more), the situation, who acts
    ({}, "approved", Who.NOBODY),
    ({"is_terminated": True}, "terminated", Who.NOBODY),
    ({"has_draft": True}, "draft-open", Who.US),
    ({"has_ended": True}, "ended-here", Who.NOBODY),
    ({"has_ended": True, "we_approved": False, "is_gone": True}, "ended-here", Who.NOBODY),
    ({"has_ended": True, "is_terminated": True}, "terminated", Who.NOBODY),
    ({"has_ended": True, "is_terminated": True, "they_approved": False}, "waiting-for-approval", Who.PARTNER),
    ({"they_approved": False}, "waiting-for-approval", Who.PARTNER),
    ({"we_approved": False}, "to-approve", Who.US),
    ({"we_approved": False, "they_approved": False}, "to-approve", Who.US),
    ({"we_approved": False, "differences": 2}, "differs", Who.US),
    ({"differences": 2}, "approved", Who.NOBODY),  # approved in spite of the differences
    ({"we_approved": False, "is_approvable": False}, "not-approvable", Who.PARTNER),
    ({"we_approved": False, "is_as_declared": False}, "wrong-hash", Who.PARTNER),
    ({"they_name_ours": False}, "waiting-for-mapping", Who.PARTNER),
    ({"we_name_theirs": False}, "to-map", Who.US),
    ({"is_known": False}, "waiting-for-copy", Who.PARTNER),
    ({"is_published": False}, "unpublished", Who.US),
    ({"is_gone": True}, "removed-by-partner", Who.US),
    ({"cannot_be_published": True, "is_published": False}, "unwritable", Who.US),
]


@pytest.mark.parametrize(("change", "state", "who"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_whose_turn_it_is(change: dict, state: str, who: Who) -> None:
    turn = turn_of(replace(APPROVED, **change))
    assert (turn.state, turn.who) == (state, who)


def test_every_row_of_the_table_is_tried() -> None:
    assert {row.state for row in TABLE} == {state for _change, state, _who in CASES}


STANDINGS = {each.name: st.integers(0, 3) if each.name == "differences" else st.booleans() for each in fields(Standing)}


@given(st.builds(Standing, **STANDINGS))
def test_there_is_always_one_turn_and_nobody_rests_before_both_approved(standing: Standing) -> None:
    turn = turn_of(standing)
    if turn.who is Who.NOBODY and turn.state != "ended-here":
        assert standing.we_approved
        assert standing.they_approved
        assert standing.we_name_theirs
        assert standing.they_name_ours
