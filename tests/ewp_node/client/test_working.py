"""The worker: partners are notified of what changed, asked for what they notified, and looked through at night."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from tests.ewp_node.client.conftest import their_iia
from tests.ewp_node.conftest import TEST, Node
from tests.fakes.ewp_partner import FakePartner

from goliard.apps.agreements.models import AgreementParty, IiaPublication, PartnerApproval, PartnerIia
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.agreements.services.pairing import map_iia
from goliard.apps.network.models import Exchange, NotificationDelivery, Peer, ReceivedNotification
from goliard.apps.network.services.notifications import receive_notification
from goliard.ewp_node.client import working
from goliard.ewp_node.client.peers import refresh_peers
from goliard.ewp_node.client.working import Worked, notify_due, publish, pull_due, work

HEI = "partner.example.org"
NOW = timezone.now()
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def at(moment: datetime):
    return lambda: moment


def cnr(subject: str, api: str = "iia-cnr", now: datetime = NOW) -> None:
    assert receive_notification(api=api, hei_id=HEI, subject=subject, now=now) is not None


def waiting() -> list[tuple[str, str, str]]:
    return list(NotificationDelivery.objects.filter(state="waiting").values_list("api", "subject", "last_error"))


def test_a_new_copy_is_told_once(node: Node, fake: FakePartner) -> None:
    assert waiting() == [("iia-cnr", node.iia_id, "")]  # the node published it when it was made
    assert (notify_due(at(timezone.now())), fake.told) == (1, [("iia-cnr", node.iia_id)])
    assert (publish(NOW), notify_due(at(timezone.now())), len(fake.told)) == (0, 0, 1)


def test_changes_that_wait_are_told_together(node: Node, fake: FakePartner) -> None:
    for code in ("A-1", "A-2"):
        AgreementParty.objects.filter(agreement=node.agreement, organisation__is_home=True).update(iia_code=code)
        move_agreement(row=node.agreement, action="amend" if code == "A-1" else "propose", actor=TEST, now=timezone.now())
        publish(timezone.now())
    assert NotificationDelivery.objects.get().times == 3
    notify_due(at(timezone.now()))
    assert fake.told == [("iia-cnr", node.iia_id)]


def test_a_partner_that_is_down_is_told_later_and_given_up_after_a_day(node: Node, fake: FakePartner) -> None:
    fake.mischief.status = 503
    first = NotificationDelivery.objects.get().queued_at
    tries = [timedelta(), 2 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR]
    for after in tries:
        assert notify_due(at(first + after)) == 0
    assert len(fake.told) == len(tries)  # it was there each time, and answered that it was not
    assert notify_due(at(first + 2 * HOUR + MINUTE)) == 0
    assert len(fake.told) == len(tries)  # not due yet
    assert "503" in waiting()[0][2]
    fake.mischief.status = 0
    assert notify_due(at(first + 4 * HOUR)) == 1
    NotificationDelivery.objects.update(state="waiting", queued_at=first)
    fake.mischief.status = 503
    notify_due(at(first + timedelta(hours=25)))
    assert NotificationDelivery.objects.get().state == "failed"


def test_a_refusal_is_not_repeated(node: Node, fake: FakePartner) -> None:
    fake.mischief.status = 400
    assert notify_due(at(timezone.now())) == 0
    row = NotificationDelivery.objects.get()
    assert (row.state, row.attempts) == ("failed", 1)
    assert "400" in row.last_error


def test_what_changes_while_it_is_told_is_told_again(node: Node, fake: FakePartner, monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[object] = []

    def meanwhile(*told: object) -> None:
        calls.append(told)
        if len(calls) == 1:
            NotificationDelivery.objects.update(times=F("times") + 1)

    monkeypatch.setattr(working, "notify", meanwhile)
    notify_due(at(timezone.now()))
    assert len(calls) == 2
    assert NotificationDelivery.objects.get().state == "sent"


def test_a_notified_copy_is_pulled_and_kept_byte_for_byte(node: Node, fake: FakePartner) -> None:
    fake.copies["b1"] = their_iia(node, "b1")
    cnr("b1")
    assert pull_due(at(timezone.now())) == 1
    copy = PartnerIia.objects.get()
    received = fake.received("b1")
    assert (copy.xml, copy.iia_hash, copy.hashed_text) == (received.xml.decode(), received.hashed.hash, received.hashed.text)
    assert (copy.is_as_declared, copy.is_approvable, copy.faults, copy.iia_code) == (True, True, [], "B-1")
    assert copy.signed_by == node.partner.server_key.key_id
    assert not ReceivedNotification.objects.filter(pulled_at=None).exists()
    changed = copy.changed_at
    cnr("b1", now=NOW + MINUTE)
    pull_due(at(timezone.now() + MINUTE))
    copy.refresh_from_db()
    assert copy.changed_at == changed


def test_a_pull_that_fails_is_tried_again_and_left_to_the_index_after_a_day(node: Node, fake: FakePartner) -> None:
    fake.copies["b1"] = their_iia(node, "b1")
    fake.mischief.status = 500
    cnr("b1")
    assert pull_due(at(NOW)) == 0
    assert pull_due(at(NOW)) == 0  # not due
    assert len(fake.asked) == 1
    assert pull_due(at(NOW + timedelta(hours=25))) == 0
    row = ReceivedNotification.objects.get()
    assert (row.pulled_at is not None, row.attempts, "500" in row.last_error) == (True, 2, True)


def test_a_copy_that_is_gone_lets_ours_go_unless_both_approved(node: Node, fake: FakePartner) -> None:
    fake.copies["b1"] = their_iia(node, "b1", ours=node.iia_id)
    cnr("b1")
    pull_due(at(timezone.now()))
    copy = PartnerIia.objects.get()
    map_iia(agreement=node.agreement, copy=copy, actor=TEST, now=timezone.now())
    del fake.copies["b1"]
    cnr("b1")
    pull_due(at(timezone.now()))
    copy.refresh_from_db()
    assert copy.gone_at is not None
    assert not AgreementParty.objects.filter(iia_id="b1").exists()
    publish(timezone.now())
    assert "_iia-id_2=_" in IiaPublication.objects.first().hashed_text  # type: ignore[union-attr]


def test_the_nightly_look_finds_what_no_notification_told(node: Node, fake: FakePartner) -> None:
    refresh_peers(NOW)
    peer = Peer.objects.get(hei_id=HEI)
    assert (peer.is_in_catalogue, peer.admin_provider, {api["name"] for api in peer.apis}) == (
        True,
        "Fake",
        {"echo", "file", "iias", "iia-cnr", "iias-approval", "iia-approval-cnr"},
    )
    fake.copies.update({each: their_iia(node, each) for each in ("b1", "b2", "b3")})
    assert work(clock=at(NOW)).looked_through == 1
    assert sorted(PartnerIia.objects.values_list("iia_id", flat=True)) == ["b1", "b2", "b3"]
    batches = [asked["iia_id"] for _method, path, asked in fake.asked if path == "/get"]
    assert batches == [("b1", "b2"), ("b3",)]  # two at a time is what the partner takes
    fake.asked.clear()
    assert work(clock=at(NOW + HOUR)).looked_through == 0
    del fake.copies["b2"]
    assert work(clock=at(NOW + 25 * HOUR)).looked_through == 1
    assert [set(asked) for _method, path, asked in fake.asked if path == "/index"] == [{"modified_since"}]
    assert not PartnerIia.objects.exclude(gone_at=None).exists()  # a removal is found by the weekly look through everything
    assert work(clock=at(NOW + 9 * 24 * HOUR)).looked_through == 1
    assert [copy.iia_id for copy in PartnerIia.objects.exclude(gone_at=None)] == ["b2"]


def test_an_approval_is_pulled_and_compared_with_what_we_published(node: Node, fake: FakePartner) -> None:
    ours = IiaPublication.objects.get()
    fake.approvals[node.iia_id] = ours.iia_hash
    cnr(node.iia_id, "iia-approval-cnr")
    pull_due(at(timezone.now()))
    row = PartnerApproval.objects.get()
    assert (row.publication, row.iia_hash, ours.iia_hash in row.answer) == (ours, ours.iia_hash, True)
    fake.approvals[node.iia_id] = "f" * 64
    cnr(node.iia_id, "iia-approval-cnr")
    pull_due(at(timezone.now()))
    row.refresh_from_db()
    assert row.gone_at is not None
    assert PartnerApproval.objects.get(gone_at=None).publication is None  # a hash that we never published


def test_an_answer_that_is_a_web_page_is_kept_masked(node: Node, fake: FakePartner) -> None:
    fake.mischief.body = b"<html>Ask admin@partner.example.org or +31 71 527 2727</html>"
    cnr("b1")
    pull_due(at(timezone.now()))
    row = Exchange.objects.filter(direction="sent").first()
    assert row is not None
    assert (row.answer, row.status) == ("<html>Ask …@… or …</html>", 200)
    assert "expected" in row.message


def test_what_the_schema_does_not_allow_is_read_and_noted_with_line_and_path(node: Node, fake: FakePartner) -> None:
    xml = fake_xml(fake, node).replace(b"<isced-f-code>0222<", b"<isced-f-code>022<")
    fake.texts["b1"] = xml
    cnr("b1")
    pull_due(at(timezone.now()))
    row = Exchange.objects.filter(direction="sent").first()
    assert row is not None
    assert "isced-f-code" in row.faults[0]
    assert "line" in row.faults[0]
    assert PartnerIia.objects.get().is_as_declared is False


def test_a_condition_that_nobody_can_read_leaves_nothing_to_compare(node: Node, fake: FakePartner) -> None:
    fake.texts["b1"] = fake_xml(fake, node).replace(b"2026/2027", b"next year")
    cnr("b1")
    pull_due(at(timezone.now()))
    copy = PartnerIia.objects.get()
    assert copy.content == ""
    assert copy.faults[0].startswith("condition 1 (student-studies-mobility-spec)")


def fake_xml(fake: FakePartner, node: Node) -> bytes:
    fake.copies["b1"] = their_iia(node, "b1")
    xml = fake.xml("b1")
    del fake.copies["b1"]
    return xml


def test_without_an_address_of_ours_nothing_happens(node: Node, fake: FakePartner, settings) -> None:
    settings.GOLIARD_EWP_URL = ""
    assert work(clock=at(NOW)) == Worked()
    assert fake.asked == []


def test_a_copy_of_another_institution_is_not_taken_for_the_partners(node: Node, fake: FakePartner) -> None:
    fake.copies["b1"] = replace(their_iia(node, "b1"))
    fake.copies["b9"] = their_iia(node, "b9")
    fake.texts["b1"] = fake.xml("b9")  # the answer names another id than was asked for
    cnr("b1")
    pull_due(at(timezone.now()))
    assert not PartnerIia.objects.exists()
