"""Two offices over HTTPS: an agreement's whole life in the network, in fair weather and in foul."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.ewp_node.two_nodes.offices import Office, Refused, Two


def proposed_and_taken_over(two: Two, settle: Callable[[], None]) -> tuple[str, str]:
    """The first office proposes; the second makes its copy out of that, and proposes it too; both know each other's."""
    ours = two.a_key()
    two.first.draft(key=ours, places=2)
    two.first.move(key=ours, action="propose")
    settle()
    own_id = two.first.state(key=ours)["own_id"]
    theirs = two.second.adopt(iia_id=own_id)
    two.second.move(key=theirs, action="propose")
    settle()
    two.first.map(key=ours, iia_id=copy_that_names(two.first, own_id))
    settle()
    return ours, theirs


def copy_that_names(office: Office, own_id: str) -> str:
    """The partner's copy that names ours and that no agreement of ours names yet."""
    (copy,) = [copy for copy in office.copies() if copy["our_iia_id"] == own_id]
    return str(copy["iia_id"])


def approved(two: Two, ours: str, theirs: str, settle: Callable[[], None]) -> None:
    """Both approve what they see."""
    two.first.approve(key=ours)
    settle()
    assert (two.first.state(key=ours)["turn"], two.second.state(key=theirs)["turn"]) == ("waiting-for-approval", "to-approve")
    two.second.approve(key=theirs)
    settle()


def agreed_by_both(two: Two, ours: str, theirs: str) -> None:
    """Nobody has anything to do, and each node holds the other's copy with the hash that the other published."""
    first, second = two.first.state(key=ours), two.second.state(key=theirs)
    assert (first["turn"], second["turn"]) == ("approved", "approved")
    assert (first["own_id"], first["own_hash"]) == (second["copy_id"], second["copy_hash"])
    assert (second["own_id"], second["own_hash"]) == (first["copy_id"], first["copy_hash"])
    assert first["own_hash"] != second["own_hash"]
    assert (first["differences"], second["differences"]) == (0, 0)


def test_created_mapped_approved_modified_reverted_and_terminated(two: Two) -> None:
    ours, theirs = proposed_and_taken_over(two, two.settle)
    approved(two, ours, theirs, two.settle)
    agreed_by_both(two, ours, theirs)
    assert (two.first.state(key=ours)["agreement"], two.second.state(key=theirs)["agreement"]) == ("agreed", "agreed")

    two.first.move(key=ours, action="start")
    two.first.move(key=ours, action="amend")
    two.first.change(key=ours, places=5)
    two.settle()
    assert two.first.state(key=ours)["turn"] == "draft-open"
    two.first.move(key=ours, action="propose")
    two.settle()
    assert (two.first.state(key=ours)["turn"], two.second.state(key=theirs)["turn"]) == ("waiting-for-approval", "differs")
    with pytest.raises(Refused, match="differ in 2 places"):
        two.second.approve(key=theirs)
    two.second.take_over(key=theirs)
    two.second.move(key=theirs, action="propose")
    two.settle()
    approved(two, ours, theirs, two.settle)
    agreed_by_both(two, ours, theirs)
    assert two.first.state(key=ours)["versions"] == two.second.state(key=theirs)["versions"] == ["superseded", "agreed"]

    before = two.first.state(key=ours)
    two.first.move(key=ours, action="amend")
    two.first.change(key=ours, places=9)
    two.first.move(key=ours, action="propose")
    two.settle()
    assert two.second.state(key=theirs)["differences"] > 0
    two.first.move(key=ours, action="revert")
    two.settle()
    agreed_by_both(two, ours, theirs)
    assert two.first.state(key=ours)["own_hash"] == before["own_hash"]

    for office, key in ((two.first, ours), (two.second, theirs)):
        office.move(key=key, action="terminate")
    two.settle()
    approved(two, ours, theirs, two.settle)
    assert (two.first.state(key=ours)["turn"], two.second.state(key=theirs)["turn"]) == ("terminated", "terminated")
    assert (two.first.state(key=ours)["agreement"], two.second.state(key=theirs)["agreement"]) == ("ended", "ended")
    with pytest.raises(Refused):
        two.first.remove(key=ours)
    assert (two.first.audit(), two.second.audit()) == (0, 0)


def test_two_agreements_that_were_there_are_mapped_and_made_equal(two: Two) -> None:
    ours, theirs = two.a_key(), two.a_key()
    two.first.draft(key=ours, places=3)
    two.second.draft(key=theirs, places=4)
    two.first.move(key=ours, action="propose")
    two.second.move(key=theirs, action="propose")
    two.settle()
    two.first.map(key=ours, iia_id=two.second.state(key=theirs)["own_id"])
    two.second.map(key=theirs, iia_id=two.first.state(key=ours)["own_id"])
    two.settle()
    assert (two.first.state(key=ours)["turn"], two.second.state(key=theirs)["turn"]) == ("differs", "differs")
    two.second.take_over(key=theirs)
    two.settle()
    approved(two, ours, theirs, two.settle)
    agreed_by_both(two, ours, theirs)


def test_an_approval_can_be_taken_back_until_both_have_given_it(two: Two) -> None:
    ours, theirs = proposed_and_taken_over(two, two.settle)
    two.first.approve(key=ours)
    two.settle()
    assert two.second.state(key=theirs)["turn"] == "to-approve"
    two.first.withdraw(key=ours)
    two.settle()
    assert two.first.state(key=ours)["turn"] == "to-approve"
    approved(two, ours, theirs, two.settle)
    agreed_by_both(two, ours, theirs)
    with pytest.raises(Refused):
        two.first.withdraw(key=ours)


def test_what_was_never_approved_by_both_is_deleted_and_the_partner_lets_go(two: Two) -> None:
    ours, theirs = proposed_and_taken_over(two, two.settle)
    two.first.approve(key=ours)
    two.settle()
    gone = two.first.state(key=ours)["own_id"]
    two.first.remove(key=ours)
    two.settle()
    first, second = two.first.state(key=ours), two.second.state(key=theirs)
    assert (first["agreement"], first["own_hash"], second["turn"], second["copy_hash"]) == ("draft", "", "waiting-for-copy", "")
    two.first.move(key=ours, action="propose")
    two.settle()
    again = two.first.state(key=ours)["own_id"]
    assert again not in {"", gone}
    two.second.map(key=theirs, iia_id=again)
    two.settle()
    two.first.map(key=ours, iia_id=copy_that_names(two.first, again))
    two.settle()
    approved(two, ours, theirs, two.settle)
    agreed_by_both(two, ours, theirs)


def test_a_wrong_mapping_is_mended(two: Two) -> None:
    ours, theirs = proposed_and_taken_over(two, two.settle)
    other = two.a_key()
    two.first.draft(key=other, places=7)
    two.first.move(key=other, action="propose")
    two.first.unmap(key=ours)
    two.settle()
    assert (two.first.state(key=ours)["turn"], two.second.state(key=theirs)["turn"]) == ("to-map", "waiting-for-mapping")
    two.first.map(key=other, iia_id=two.second.state(key=theirs)["own_id"])
    two.settle()
    assert two.first.state(key=other)["turn"] == "waiting-for-mapping"
    two.first.unmap(key=other)
    two.first.map(key=ours, iia_id=two.second.state(key=theirs)["own_id"])
    two.settle()
    approved(two, ours, theirs, two.settle)
    agreed_by_both(two, ours, theirs)
    two.first.remove(key=other)


def lose_the_next(two: Two) -> None:
    """Every notification arrives, is answered, and is forgotten: only the nightly look through the index finds what it told."""
    for office in (two.first, two.second):
        office.weather(lost=100)
    two.settle()
    for office in (two.first, two.second):
        office.weather()
    two.wait(25)
    two.settle()


def doubled(two: Two) -> None:
    for office in (two.first, two.second):
        office.weather(twice=100)
    two.settle()


def out_of_order(two: Two) -> None:
    """The first notification of each is answered with 503 and comes again after later ones."""
    for office in (two.first, two.second):
        office.weather(busy=1)
    two.settle()
    for office in (two.first, two.second):
        office.weather()
    two.wait(2)
    two.settle()


def down_for_an_hour(two: Two) -> None:
    """The second node cannot be reached for an hour; its own worker does nothing in that time."""
    two.second.down()
    for _ in range(4):
        two.first.work()
        two.wait(0.25)
    two.second.up()
    two.wait(2)
    two.settle()


def cut_off_both_ways(two: Two) -> None:
    """The first node cannot be reached, while the second works on."""
    two.first.down()
    two.second.work()
    two.wait(0.5)
    two.second.work()
    two.first.up()
    two.wait(2)
    two.settle()


@pytest.mark.parametrize("weather", [lose_the_next, doubled, out_of_order, down_for_an_hour, cut_off_both_ways])
def test_the_cycle_ends_the_same_in_every_weather(two: Two, weather: Callable[[Two], None]) -> None:
    def settle() -> None:
        weather(two)

    ours, theirs = proposed_and_taken_over(two, settle)
    approved(two, ours, theirs, settle)
    agreed_by_both(two, ours, theirs)
    for office, key in ((two.first, ours), (two.second, theirs)):
        counts = office.counts(key=key)
        assert (counts["approvals"], counts["partner_approvals"], counts["unknown_approvals"]) == (1, 1, 0)
        assert office.audit() == 0
        assert {name: number for name, number in office.waiting().items() if name in {"waiting", "failed", "to_pull"} and number} == {}
