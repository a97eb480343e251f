"""An agreement's life in the network: mapped, approved by both, changed, reverted, terminated, deleted, mapped anew."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.ewp_node.client.conftest import their_iia
from tests.ewp_node.conftest import TEST, Node
from tests.ewp_node.partners import send
from tests.factories.agreements import an_agreement
from tests.fakes.ewp_partner import FakePartner

from goliard.apps.agreements.models import Agreement, IiaApproval, OwnIia, PartnerIia
from goliard.apps.agreements.queries.network import approvals_for
from goliard.apps.agreements.queries.standing import Beside, beside
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.agreements.services.approvals import approve_iia, withdraw_approval
from goliard.apps.agreements.services.pairing import adopt_iia, map_iia, remove_from_network, unmap_iia
from goliard.apps.institutions.refusals import Refused
from goliard.apps.journal.models import JournalEntry
from goliard.apps.network.services.notifications import receive_notification
from goliard.ewp_codec.iias.index_response import parse_iias_stats
from goliard.ewp_node.client.working import work

HEI = "partner.example.org"


class Office:
    """Our office with the partner's node beside it."""

    def __init__(self, node: Node, fake: FakePartner) -> None:
        self.node, self.fake = node, fake

    @property
    def agreement(self) -> Agreement:
        return Agreement.objects.get(pk=self.node.agreement.pk)

    @property
    def copy(self) -> PartnerIia:
        return PartnerIia.objects.get(iia_id="b1")

    def state(self) -> str:
        self.work()
        return self.beside().turn.state

    def beside(self) -> Beside:
        return beside(self.agreement)

    def work(self) -> None:
        work(clock=timezone.now)

    def partner_has(self, **change) -> None:
        self.work()
        self.fake.copies["b1"] = their_iia(self.node, "b1", ours=self.node.iia_id, **change)
        self.told("iia-cnr", "b1")

    def partner_approves(self) -> None:
        self.work()
        own = OwnIia.objects.select_related("publication").get(agreement=self.node.agreement)
        assert own.publication is not None
        self.fake.approvals[own.iia_id] = own.publication.iia_hash
        self.told("iia-approval-cnr", own.iia_id)

    def told(self, api: str, subject: str) -> None:
        receive_notification(api=api, hei_id=HEI, subject=subject, now=timezone.now())
        self.work()

    def map(self) -> None:
        map_iia(agreement=self.agreement, copy=self.copy, actor=TEST, now=timezone.now())

    def approve(self, **options) -> IiaApproval:
        copy = self.copy
        return approve_iia(copy=copy, seen_hash=copy.iia_hash, actor=TEST, now=timezone.now(), **options)

    def move(self, action: str) -> None:
        move_agreement(row=self.agreement, action=action, actor=TEST, now=timezone.now())

    def versions(self) -> list[str]:
        return list(self.agreement.versions.order_by("number").values_list("state", flat=True))


@pytest.fixture
def office(node: Node, fake: FakePartner) -> Office:
    """The agreement is only proposed: nobody has agreed yet."""
    node.agreement.versions.update(state="proposed", proposed_at=timezone.now(), content="", content_hash="", agreed_at=None)
    Agreement.objects.filter(pk=node.agreement.pk).update(state="proposed")
    OwnIia.objects.update(is_current=False)
    return Office(node, fake)


@pytest.fixture
def agreed(office: Office) -> Office:
    """Both have approved."""
    office.partner_has()
    office.map()
    office.approve()
    office.partner_approves()
    return office


def test_from_a_proposal_to_the_agreement_of_both(office: Office) -> None:
    assert office.state() == "waiting-for-copy"
    office.partner_has()
    assert office.state() == "to-map"
    with pytest.raises(Refused):
        office.approve()  # our copy does not name theirs yet
    office.map()
    assert office.state() == "to-approve"
    assert office.beside().differences == ()
    approval = office.approve()
    assert office.state() == "waiting-for-approval"
    assert (approval.xml, approval.iia_hash) == (office.copy.xml, office.copy.iia_hash)
    assert ("iia-approval-cnr", "b1") in office.fake.told
    office.partner_approves()
    assert office.state() == "approved"
    assert (office.agreement.state, office.versions()) == ("agreed", ["agreed"])
    assert office.agreement.versions.get().content_hash
    assert office.fake.refused == []
    office.move("start")
    assert office.state() == "approved"  # what is not hashed takes no approval away


def test_the_partner_may_approve_first(office: Office) -> None:
    office.partner_has()
    office.map()
    office.partner_approves()
    assert office.state() == "to-approve"
    office.approve()
    assert (office.state(), office.agreement.state) == ("approved", "agreed")


def test_a_partner_that_changes_its_copy_is_approved_anew(agreed: Office) -> None:
    agreed.partner_has(places=5)
    assert agreed.state() == "differs"
    assert {(each.field, each.ours, each.theirs) for each in agreed.beside().differences} == {("mobilities", "2", "5")}
    told = approvals_for(partner=agreed.node.university.partner, iia_ids=["b1"])
    assert [each.iia_hash == agreed.copy.iia_hash for each in told] == [False]  # the partner sees that we approved another text
    with pytest.raises(Refused) as refused:
        agreed.approve()
    assert [reason.rule for reason in refused.value.reasons] == ["differs"]
    agreed.approve(despite_differences=True)
    assert agreed.state() == "approved"
    agreed.partner_has()
    assert agreed.state() == "approved"  # reverted: what we approved then holds again
    told = approvals_for(partner=agreed.node.university.partner, iia_ids=["b1"])
    assert [each.iia_hash for each in told] == [agreed.copy.iia_hash]


def test_our_change_is_approved_anew_and_can_be_reverted(agreed: Office) -> None:
    agreed.move("start")
    agreed.move("amend")
    assert agreed.state() == "draft-open"
    agreed.agreement.versions.get(number=2).conditions.update(mobilities_per_year=7)
    agreed.move("propose")
    assert agreed.state() == "waiting-for-approval"
    assert {each.field for each in agreed.beside().differences} == {"mobilities"}
    agreed.move("revert")
    assert (agreed.state(), agreed.versions()) == ("approved", ["agreed", "withdrawn"])
    agreed.move("amend")
    agreed.agreement.versions.get(number=3).conditions.update(mobilities_per_year=8)
    agreed.move("propose")
    agreed.partner_has(places=8)
    agreed.partner_approves()
    assert agreed.state() == "to-approve"
    agreed.approve()
    assert (agreed.state(), agreed.versions()) == ("approved", ["superseded", "withdrawn", "agreed"])


def test_terminated_as_a_whole_when_both_approve_it(agreed: Office) -> None:
    agreed.move("start")
    agreed.move("terminate")
    agreed.work()
    own = agreed.beside().own
    assert own is not None
    assert own.publication is not None
    assert own.publication.hashed_text.startswith("_@terminated-as-a-whole@_")
    assert agreed.state() == "waiting-for-approval"
    agreed.partner_has(terminated=True)
    agreed.approve()
    agreed.partner_approves()
    assert (agreed.state(), agreed.agreement.state) == ("terminated", "ended")


def test_a_copy_that_nobody_approved_is_deleted(office: Office) -> None:
    office.partner_has()
    office.map()
    office.state()
    remove_from_network(agreement=office.agreement, actor=TEST, now=timezone.now())
    assert office.state() == "unpublished"
    assert set(office.agreement.parties.values_list("iia_id", flat=True)) == {""}
    assert office.fake.told[-1] == ("iia-cnr", office.node.iia_id)
    office.move("propose")
    office.work()
    own = OwnIia.objects.get(agreement=office.agreement)
    assert own.iia_id not in {"", office.node.iia_id}  # an id is never used again


def test_what_both_approved_is_not_deleted_and_not_let_go(agreed: Office) -> None:
    for refuse in (remove_from_network, unmap_iia):
        with pytest.raises(Refused):
            refuse(agreement=agreed.agreement, actor=TEST, now=timezone.now())
    with pytest.raises(Refused) as refused:
        withdraw_approval(copy=agreed.copy, actor=TEST, now=timezone.now())
    assert [reason.rule for reason in refused.value.reasons] == ["mutual"]
    del agreed.fake.copies["b1"]
    agreed.told("iia-cnr", "b1")
    assert agreed.state() == "removed-by-partner"
    assert agreed.agreement.parties.filter(iia_id="b1").exists()


def test_an_approval_is_taken_back_before_the_partner_approves(office: Office) -> None:
    office.partner_has()
    office.map()
    office.work()
    office.approve()
    withdraw_approval(copy=office.copy, actor=TEST, now=timezone.now())
    assert office.state() == "to-approve"
    assert approvals_for(partner=office.node.university.partner, iia_ids=["b1"]) == []
    office.approve()
    office.partner_approves()
    assert office.state() == "approved"
    assert IiaApproval.objects.count() == 1


def test_a_wrong_mapping_is_mended(office: Office) -> None:
    other = an_agreement(office.node.university, state="proposed", key="second")
    Agreement.objects.filter(pk=other.pk).update(kind="iia-programme")
    office.partner_has()
    map_iia(agreement=other, copy=office.copy, actor=TEST, now=timezone.now())
    with pytest.raises(Refused) as refused:
        office.map()
    assert [reason.rule for reason in refused.value.reasons] == ["mapped-elsewhere"]
    unmap_iia(agreement=other, actor=TEST, now=timezone.now(), reason="wrong one")
    office.map()
    assert office.state() == "to-approve"
    verbs = list(JournalEntry.objects.filter(verb__endswith="map-iia").order_by("pk").values_list("verb", "reason"))
    assert verbs == [("map-iia", ""), ("unmap-iia", "wrong one"), ("map-iia", "")]


def test_a_partners_text_is_taken_over_as_a_change(agreed: Office) -> None:
    agreed.move("start")
    agreed.partner_has(places=5)
    adopt_iia(copy=agreed.copy, into=agreed.agreement, actor=TEST, now=timezone.now())
    agreed.move("propose")
    assert (agreed.state(), agreed.beside().differences) == ("to-approve", ())


def test_a_partners_copy_becomes_an_agreement_of_ours(office: Office) -> None:
    office.fake.copies["b7"] = their_iia(office.node, "b7")
    office.told("iia-cnr", "b7")
    copy = PartnerIia.objects.get(iia_id="b7")
    version = adopt_iia(copy=copy, actor=TEST, now=timezone.now())
    made = version.agreement
    assert (made.kind, made.state, made.parties.get(organisation=copy.organisation).iia_id) == ("iia-programme", "draft", "b7")
    assert beside(made).turn.state == "unpublished"
    move_agreement(row=made, action="propose", actor=TEST, now=timezone.now())
    office.work()
    found = beside(made)
    assert (found.differences, found.turn.state) == ((), "waiting-for-mapping")


def test_an_approval_of_what_we_never_published_does_not_count(office: Office) -> None:
    office.partner_has()
    office.map()
    office.approve()
    office.work()
    office.fake.approvals[office.node.iia_id] = "e" * 64
    office.told("iia-approval-cnr", office.node.iia_id)
    assert (office.state(), office.agreement.state) == ("waiting-for-approval", "proposed")


def test_the_statistics_know_who_approved(office: Office) -> None:
    def numbers() -> tuple[int | None, ...]:
        answer = send(office.node.statistics.request("GET", "iias/stats", [], now=timezone.now()))
        told = parse_iias_stats(answer.content).value
        return told.fetchable, told.local_unapproved_partner_approved, told.local_approved_partner_unapproved, told.both_approved

    office.partner_has()
    office.map()
    assert numbers() == (1, 0, 0, 0)
    office.approve()
    assert numbers() == (1, 0, 1, 0)
    office.partner_approves()
    assert numbers() == (1, 0, 0, 1)
