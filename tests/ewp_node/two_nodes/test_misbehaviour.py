"""A partner that misbehaves as partners in the world do: our office is told what is wrong, and nothing wrong is approved."""

from __future__ import annotations

import re
from threading import Event

import pytest
from tests.ewp_node.two_nodes.offices import Refused, Two

from goliard.cli.network.wrongbury.mischief import Mischief

HEI = "wrongbury.example.org"
LONG = 60.0  # seconds


def told_by(two: Two) -> str:
    """The page of Wrongbury's node at the office that behaves, and the ticket on it."""
    page = str(two.first.health(hei_id=HEI))
    assert "Dear colleagues" in page
    return page


def assert_waited(event: Event) -> None:
    assert event.wait(LONG)


def ticket_of(page: str) -> str:
    return page[page.index("Dear colleagues") : page.index("Kind regards")]


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
    page, own_id = told_by(two), two.first.state(key=key)["own_id"]
    assert "Copies that the partner must mend" in page
    assert f"our iia-id {own_id}" in ticket_of(page)
    assert "The partner repairs its hash" in ticket_of(page)


def test_a_subject_of_three_digits_is_shown_and_is_a_difference(two: Two) -> None:
    two.third.faults = frozenset({Mischief.SHORT_ISCED})
    key = mapped(two)
    state = two.first.state(key=key)
    assert any("isced-f-code" in fault for fault in state["faults"])
    with pytest.raises(Refused):
        two.first.approve(key=key)
    page = told_by(two)
    assert "Answers that do not follow their schema" in page
    assert re.search(r"line \d+: /iias-get-response/iia\S*/isced-f-code: ", ticket_of(page))


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


def test_a_copy_that_never_comes_waits_too_long(two: Two) -> None:
    two.third.faults = frozenset({Mischief.HTML})
    key = offered(two)
    assert "Copies that wait too long" not in told_by(two)
    two.wait(31 * 24)
    page, own_id = told_by(two), two.first.state(key=key)["own_id"]
    assert "Copies that wait too long" in page
    assert f"our iia-id {own_id}, your iia-id (none yet), since " in ticket_of(page)


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
    page = told_by(two)
    if fault is Mischief.WRONG_APPROVAL:
        assert "Approvals of a text that we never published" in page
        assert f"you approved the hash {'fedcba9876543210' * 4}, which we never published" in ticket_of(page)
    else:
        assert re.search(r"line \d+: /iias-approval-response/approval\S*: ", ticket_of(page))


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
    page = told_by(two)
    assert '<span class="pill bad">fails</span>' in page
    assert told in ticket_of(page)
    assert f"Request: GET {two.third.address}/" in ticket_of(page) or f"Request: POST {two.third.address}/" in ticket_of(page)
    if fault is Mischief.SKEWED:
        assert re.search(r"Your clock is 1[12]\d\d seconds ahead of ours", ticket_of(page))
    if fault in {Mischief.HTML, Mischief.HTML_OK}:
        assert "<h1>502 Bad Gateway</h1>" in ticket_of(page)
    assert any(told in line for line in two.first.said()), two.first.said()
    assert two.first.state(key=key)["turn"] == "waiting-for-copy"
    two.third.faults = frozenset()
    two.wait(2)
    settle(two)
    assert two.first.state(key=key)["turn"] == "to-map"


def test_an_answer_that_does_not_come_is_given_up_and_asked_for_again(two: Two) -> None:
    """It takes its time until it is asked for no more; the office waits a moment instead of a minute."""
    enough = Event()
    two.third.faults, two.third.pause = frozenset({Mischief.SLOW}), lambda: assert_waited(enough)
    two.first.patience(seconds=0.2)
    key = two.a_key()
    two.first.draft(key=key, places=2, partner="wrongbury")
    two.first.move(key=key, action="propose")
    two.first.work()
    page = told_by(two)
    assert "no answer within" in ticket_of(page)
    assert two.first.state(key=key)["turn"] == "waiting-for-copy"
    enough.set()
    two.third.faults = frozenset()
    two.first.patience(seconds=LONG)
    two.wait(2)
    settle(two)
    assert two.first.state(key=key)["turn"] == "to-map"
