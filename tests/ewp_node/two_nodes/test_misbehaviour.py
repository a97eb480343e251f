"""A partner that misbehaves as partners in the world do: our office is told what is wrong, and nothing wrong is approved."""

from __future__ import annotations

import pytest
from tests.ewp_node.two_nodes.offices import Refused, Two

from goliard.cli.network.wrongbury.mischief import Mischief


def settle(two: Two) -> None:
    """Let our worker and Wrongbury work in turn until neither has anything left."""
    for _ in range(5):
        two.first.work()
        two.third.settle()
    two.settle()


def offered(two: Two) -> str:
    """An agreement of ours with Wrongbury, which it can read."""
    key = two.a_key()
    two.first.draft(key=key, places=2, partner="wrongbury")
    two.first.move(key=key, action="propose")
    settle(two)
    return key


def mapped(two: Two) -> str:
    """An agreement whose copies name each other, and which Wrongbury approved."""
    key = offered(two)
    own_id = two.first.state(key=key)["own_id"]
    (mirror,) = [each for each in two.third.copies.all() if each.their_id == own_id]
    two.first.map(key=key, iia_id=mirror.own_id)
    settle(two)
    return key


def test_a_partner_that_behaves_plays_the_cycle_by_itself(two: Two) -> None:
    key = mapped(two)
    assert two.first.state(key=key)["turn"] == "to-approve"
    two.first.approve(key=key)
    settle(two)
    assert (two.first.state(key=key)["turn"], two.first.state(key=key)["agreement"]) == ("approved", "agreed")
    two.third.send_waiting()
    assert any("approved" in line for line in two.third.told)


def test_a_wrong_hash_is_the_partners_to_mend(two: Two) -> None:
    two.third.faults = frozenset({Mischief.WRONG_HASH})
    key = mapped(two)
    assert two.first.state(key=key)["turn"] == "wrong-hash"
    with pytest.raises(Refused, match="another hash"):
        two.first.approve(key=key)


def test_a_subject_of_three_digits_is_shown_and_is_a_difference(two: Two) -> None:
    two.third.faults = frozenset({Mischief.SHORT_ISCED})
    key = mapped(two)
    state = two.first.state(key=key)
    assert any("isced-f-code" in fault for fault in state["faults"])
    with pytest.raises(Refused):
        two.first.approve(key=key)


def test_no_notification_is_found_in_the_index(two: Two) -> None:
    two.third.faults = frozenset({Mischief.SILENT})
    key = two.a_key()
    two.first.draft(key=key, places=2, partner="wrongbury")
    two.first.move(key=key, action="propose")
    settle(two)
    assert two.first.state(key=key)["turn"] == "waiting-for-copy"
    two.wait(25)
    two.settle()
    assert two.first.state(key=key)["turn"] == "to-map"


def test_late_notifications_are_taken_when_they_come(two: Two) -> None:
    two.third.faults = frozenset({Mischief.LATE})
    key = offered(two)
    assert two.first.state(key=key)["turn"] == "waiting-for-copy"
    assert len(two.third.waiting) == 1
    two.third.send_waiting()
    two.third.settle()
    settle(two)
    assert two.first.state(key=key)["turn"] == "to-map"


@pytest.mark.parametrize("fault", [Mischief.NO_IIA_ID, Mischief.WRONG_APPROVAL])
def test_an_approval_that_is_none_does_not_count(two: Two, fault: Mischief) -> None:
    two.third.faults = frozenset({fault})
    key = mapped(two)
    two.first.approve(key=key)
    settle(two)
    assert two.first.state(key=key)["turn"] == "waiting-for-approval"
    assert two.first.counts(key=key)["unknown_approvals"] == (1 if fault is Mischief.WRONG_APPROVAL else 0)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (Mischief.HTML, "502"),
        (Mischief.HTML_OK, "document type declaration"),
        (Mischief.ERROR_OK, "error-response"),
        (Mischief.UNSIGNED, "not signed as declared"),
        (Mischief.SKEWED, "five minutes"),
    ],
)
def test_what_is_no_answer_is_told_and_asked_again(two: Two, fault: Mischief, told: str) -> None:
    two.third.faults = frozenset({fault})
    key = offered(two)
    assert any(told in line for line in two.first.said()), two.first.said()
    assert two.first.state(key=key)["turn"] == "waiting-for-copy"
    two.third.faults = frozenset()
    two.wait(2)
    settle(two)
    assert two.first.state(key=key)["turn"] == "to-map"
