"""What the network may read of our agreements, and what it may not."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.ewp_node.conftest import TEST, Node
from tests.ewp_node.partners import Partner, send
from tests.factories.agreements import an_agreement

from goliard.apps.agreements.models import AgreementParty, IiaPublication, PartnerIia
from goliard.apps.agreements.queries.network import versions_in_network
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.agreements.services.network import CopyText, approve_iia, give_iia_id, receive_iia
from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.services import store_file
from goliard.apps.institutions.models import Organisation
from goliard.apps.institutions.refusals import Refused
from goliard.apps.network.models import ReceivedNotification
from goliard.ewp_codec.iias.approvals import parse_iias_approval
from goliard.ewp_codec.iias.get_response import receive_iias_get
from goliard.ewp_codec.iias.index_response import parse_iias_index, parse_iias_stats
from goliard.ewp_node.publishing import published
from goliard.rules.values.retention import RetentionClass


def ids(node: Node, partner: Partner | None = None) -> tuple[str, ...]:
    message = (partner or node.partner).request("GET", "iias/index", [], now=timezone.now())
    return parse_iias_index(send(message).content).value


def copy(node: Node, iia_id: str = ""):
    message = node.partner.request("GET", "iias/get", [("iia_id", iia_id or node.iia_id)], now=timezone.now())
    return receive_iias_get(send(message).content).value


@pytest.mark.parametrize(
    ("kind", "state", "is_there"),
    [
        ("iia-programme", "draft", False),
        ("iia-programme", "proposed", True),
        ("iia-programme", "agreed", True),
        ("iia-programme", "ended", True),
        ("iia-partner", "agreed", False),
        ("exchange", "agreed", False),
    ],
)
def test_which_agreements_are_published(node: Node, kind: str, state: str, is_there: bool) -> None:
    agreement = an_agreement(node.university, state=state, key="second")
    agreement.kind = kind
    agreement.save()
    assert (len(ids(node)) == 2) is is_there


def test_an_agreement_of_three_is_not_published(node: Node) -> None:
    third = Organisation.objects.create(key="third", kind="hei", name_en="Third", name_nl="Derde", country=node.university.home.country)
    AgreementParty.objects.create(agreement=node.agreement, organisation=third, position=2)
    assert ids(node) == ()


def test_a_partner_without_hei_id_keeps_others_readable(node: Node) -> None:
    other = Organisation.objects.create(key="other", kind="hei", name_en="Other", name_nl="Ander", country=node.university.home.country)
    agreement = an_agreement(node.university, state="agreed", key="second")
    agreement.kind = "iia-programme"
    agreement.save()
    agreement.parties.filter(organisation=node.university.partner).update(organisation=other)
    assert len(published(versions_in_network(), timezone.now())) == 1
    assert not agreement.parties.exclude(iia_id="").exists()


def test_the_same_bytes_are_published_once(node: Node) -> None:
    for _ in range(3):
        assert ids(node) == (node.iia_id,)
    assert IiaPublication.objects.count() == 1
    (received,) = copy(node)
    assert received.xml.decode() == IiaPublication.objects.get().xml


def test_an_amendment_is_read_when_it_is_proposed_and_not_before(node: Node) -> None:
    now = timezone.now()
    move_agreement(row=node.agreement, action="amend", actor=TEST, now=now)
    draft = node.agreement.versions.get(number=2)
    draft.conditions.update(mobilities_per_year=9)
    (before,) = copy(node)
    assert {condition.mobilities_per_year for condition in before.iia.conditions} == {2}
    draft.state = "proposed"
    draft.save()
    (after,) = copy(node)
    assert {condition.mobilities_per_year for condition in after.iia.conditions} == {9}
    assert after.hashed.hash != before.hashed.hash
    assert after.iia.iia_id == before.iia.iia_id


def test_what_was_recalled_vanishes_and_comes_back_under_its_id(node: Node) -> None:
    version = node.agreement.versions.get()
    version.state = "draft"
    version.save()
    assert (ids(node), copy(node)) == ((), ())
    version.state = "proposed"
    version.save()
    assert ids(node) == (node.iia_id,)


def test_what_comes_back_with_the_same_bytes_counts_as_changed(node: Node) -> None:
    before = timezone.now() + timedelta(minutes=1)
    asked = [("modified_since", before.isoformat(timespec="seconds"))]
    message = node.partner.request("GET", "iias/index", asked, now=timezone.now())
    assert parse_iias_index(send(message).content).value == ()
    node.agreement.versions.update(proposed_at=before + timedelta(minutes=1))
    assert parse_iias_index(send(message).content).value == (node.iia_id,)
    assert IiaPublication.objects.count() == 1


def test_an_id_is_never_used_for_two_agreements(node: Node) -> None:
    agreement = an_agreement(node.university, state="agreed", key="second")
    agreement.kind = "iia-programme"
    agreement.save()
    agreement.parties.filter(organisation__is_home=True).update(iia_id=node.iia_id)
    with pytest.raises(Refused):
        give_iia_id(agreement=agreement, actor=TEST, now=timezone.now())
    assert len(copy(node)) == 1
    node.agreement.parties.update(iia_id="")  # also when the first agreement has it no more
    with pytest.raises(Refused):
        give_iia_id(agreement=agreement, actor=TEST, now=timezone.now())


def test_a_notification_waits_to_be_pulled(node: Node) -> None:
    for path, subject in (("iia-cnr", "theirs"), ("iia-cnr", "theirs"), ("iia-approval-cnr", node.iia_id)):
        assert send(node.partner.request("POST", path, [("iia_id", subject)], now=timezone.now())).status_code == 200
    rows = sorted((row.api, row.hei_id, row.subject, row.times) for row in ReceivedNotification.objects.all())
    assert rows == [("iia-approval-cnr", "partner.example.org", node.iia_id, 1), ("iia-cnr", "partner.example.org", "theirs", 2)]


def test_the_signed_document_is_for_the_partner_only(node: Node) -> None:
    pdf = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
    stored = store_file(
        stream=io.BytesIO(pdf),
        name="signed.pdf",
        purpose=Purpose.DOCUMENT,
        retention=RetentionClass.RELATION,
        actor=TEST,
        now=timezone.now(),
    )
    node.agreement.versions.update(document=stored)
    (received,) = copy(node)
    asked = [("file_id", received.iia.pdf_file)]
    answer = send(node.partner.request("GET", "file", asked, now=timezone.now()))
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "application/pdf", pdf)
    assert send(node.stranger.request("GET", "file", asked, now=timezone.now())).status_code == 400


def their_copy(node: Node, *, our_iia_id: str, digest: str = "a" * 64, is_as_declared: bool = True) -> PartnerIia:
    return receive_iia(
        partner=node.university.partner,
        iia_id="theirs",
        our_iia_id=our_iia_id,
        text=CopyText("<iia/>", digest, "text"),
        is_as_declared=is_as_declared,
        actor=TEST,
        now=timezone.now(),
    )


def approvals(node: Node, partner: Partner | None = None) -> list[tuple[str, str]]:
    message = (partner or node.partner).request("GET", "iias-approval", [("iia_id", "theirs")], now=timezone.now())
    return [(each.iia_id, each.iia_hash) for each in parse_iias_approval(send(message).content).value]


def test_an_approval_is_told_to_the_partner_while_both_copies_name_each_other(node: Node) -> None:
    theirs = node.agreement.parties.filter(organisation=node.university.partner)
    theirs.update(iia_id="theirs")
    row = their_copy(node, our_iia_id=node.iia_id)
    approve_iia(copy=row, seen_hash="a" * 64, actor=TEST, now=timezone.now())
    assert (approvals(node), approvals(node, node.stranger)) == ([("theirs", "a" * 64)], [])
    numbers = parse_iias_stats(send(node.statistics.request("GET", "iias/stats", [], now=timezone.now())).content).value
    assert (numbers.fetchable, numbers.local_approved_partner_unapproved) == (1, 1)
    theirs.update(iia_id="")
    assert approvals(node) == []


@pytest.mark.parametrize(
    ("our_id", "their_id", "seen", "is_as_declared", "rule"),
    [
        ("", "theirs", "a", True, "not-mapped"),
        ("$iia", "", "a", True, "not-mapped"),
        ("$iia", "theirs", "b", True, "copy-changed"),
        ("$iia", "theirs", "a", False, "hash-differs"),
    ],
)
def test_what_cannot_be_approved(node: Node, our_id: str, their_id: str, seen: str, is_as_declared: bool, rule: str) -> None:
    node.agreement.parties.filter(organisation=node.university.partner).update(iia_id=their_id)
    row = their_copy(node, our_iia_id=our_id.replace("$iia", node.iia_id), is_as_declared=is_as_declared)
    with pytest.raises(Refused) as refused:
        approve_iia(copy=row, seen_hash=seen * 64, actor=TEST, now=timezone.now())
    assert [reason.rule for reason in refused.value.reasons] == [rule]
    assert approvals(node) == []
