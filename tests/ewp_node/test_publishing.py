"""What the network may read of our agreements, and what it may not."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.ewp_node.conftest import TEST, Node
from tests.ewp_node.partners import PAGES, Partner, send
from tests.factories.agreements import an_agreement

from goliard.apps.agreements.models import AgreementParty, CooperationCondition, IiaPublication, OwnIia, PartnerIia
from goliard.apps.agreements.queries.network import versions_in_network
from goliard.apps.agreements.queries.standing import beside
from goliard.apps.agreements.services.agreements import keep_agreement, move_agreement
from goliard.apps.agreements.services.approvals import approve_iia
from goliard.apps.agreements.services.concluding import receive_partner_approval
from goliard.apps.agreements.services.named_in_copies import keep_organisation_in_copies, keep_unit_in_copies
from goliard.apps.agreements.services.network import CopyText, give_iia_id
from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.apps.agreements.services.pairing import remove_from_network, unmap_iia
from goliard.apps.agreements.services.partner_copies import receive_iia
from goliard.apps.documents.choices import Purpose
from goliard.apps.documents.services import store_file
from goliard.apps.institutions.models import Organisation, OrganisationIdentifier, OrganisationName, UnitName
from goliard.apps.institutions.refusals import Refused
from goliard.apps.network.models import Exchange, NotificationDelivery, ReceivedNotification
from goliard.apps.network.services import answers
from goliard.apps.network.services.answers import AnswerLog
from goliard.ewp_codec.iias.approvals import parse_iias_approval
from goliard.ewp_codec.iias.get_response import parse_iias_get, receive_iias_get
from goliard.ewp_codec.iias.index_response import parse_iias_index, parse_iias_stats
from goliard.ewp_codec.iias.publishing import join_iias_get, publish_iia
from goliard.ewp_node.host.entrance import NetworkEntrance
from goliard.ewp_node.mapping.iias import iia_of
from goliard.ewp_node.publishing import audit, bring_up_to_date
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
    outdate_copies(agreements=[node.agreement.pk])
    assert ids(node) == ()


def test_a_partner_without_hei_id_keeps_others_readable(node: Node) -> None:
    other = Organisation.objects.create(key="other", kind="hei", name_en="Other", name_nl="Ander", country=node.university.home.country)
    agreement = an_agreement(node.university, state="agreed", key="second")
    agreement.kind = "iia-programme"
    agreement.save()
    agreement.parties.filter(organisation=node.university.partner).update(organisation=other)
    (own,) = bring_up_to_date(timezone.now())
    assert (own.agreement, own.is_readable) == (agreement, False)
    assert own.why_not == "/iia/partner/hei-id: other has no SCHAC code (hei id)"
    assert len(ids(node)) == 1
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
    move_agreement(row=node.agreement, action="propose", actor=TEST, now=now)
    (after,) = copy(node)
    assert {condition.mobilities_per_year for condition in after.iia.conditions} == {9}
    assert after.hashed.hash != before.hashed.hash
    assert after.iia.iia_id == before.iia.iia_id


def test_what_was_recalled_vanishes_and_comes_back_under_its_id_as_changed(node: Node) -> None:
    agreement = an_agreement(node.university, key="second")
    agreement.kind = "iia-programme"
    agreement.save()
    moment = timezone.now()

    def move(*actions: str) -> OwnIia | None:
        nonlocal moment
        for action in actions:
            moment += timedelta(minutes=10)
            move_agreement(row=agreement, action=action, actor=TEST, now=moment)
        ids(node)
        return OwnIia.objects.filter(agreement=agreement).first()

    assert move() is None
    first = move("propose")
    assert (ids(node).count(first.iia_id), len(copy(node, first.iia_id))) == (1, 1)
    move("recall")
    assert (ids(node), copy(node, first.iia_id)) == ((node.iia_id,), ())
    again = move("propose")
    assert (again.iia_id, again.publication) == (first.iia_id, first.publication)
    last = move("recall", "propose")  # and nobody looked in between
    assert (last.publication, last.changed_at) == (first.publication, moment)


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
    outdate_copies(agreements=[node.agreement.pk])
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


# what an officer does to an agreement that stands in the network
CHANGES: dict[str, Callable[[Node], object]] = {
    "ends it": lambda node: move_agreement(row=node.agreement, action="end", actor=TEST, now=timezone.now()),
    "types the partner's number": lambda node: _keep_party(node, iia_code="B-2026"),
    "types the partner's id": lambda node: _keep_party(node, iia_id="theirs"),
    "notes the signature": lambda node: _keep_party(node, signed_on=date(2026, 9, 1), signatory_name="Rector"),
    "makes another kind of it": lambda node: _keep(node, kind="exchange"),
    "amends and proposes": lambda node: _amend(node, "propose"),
    "amends, proposes and agrees": lambda node: _amend(node, "propose", "agree"),
    "amends, proposes and recalls": lambda node: _amend(node, "propose", "recall"),
}


def _keep(node: Node, **changes: object) -> None:
    for name, value in changes.items():
        setattr(node.agreement, name, value)
    keep_agreement(row=node.agreement, actor=TEST, now=timezone.now())


def _keep_party(node: Node, **changes: object) -> None:
    party = node.agreement.parties.get(organisation=node.university.partner)
    for name, value in changes.items():
        setattr(party, name, value)
    keep_agreement(row=node.agreement, parts=[party], actor=TEST, now=timezone.now())


def _amend(node: Node, *actions: str) -> None:
    move_agreement(row=node.agreement, action="amend", actor=TEST, now=timezone.now())
    node.agreement.versions.get(number=2).conditions.update(mobilities_per_year=9)
    for action in actions:
        move_agreement(row=node.agreement, action=action, actor=TEST, now=timezone.now())


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_marks_the_copy_so_that_it_is_never_read_as_it_was(node: Node, what: str) -> None:
    CHANGES[what](node)
    bring_up_to_date(timezone.now())
    assert audit(timezone.now(), at_most=10) == []


def unit_ids(node: Node) -> set[str]:
    return {each.sending_ounit_id for each in copy(node)[0].iia.conditions} - {""}


def test_a_unit_with_another_id_than_before_stands_in_every_copy_at_once(node: Node) -> None:
    unit = node.university.law
    CooperationCondition.objects.filter(sending=node.university.home).update(sending_unit=unit)
    outdate_copies(agreements=None)
    assert unit_ids(node) == {unit.key}
    (told,) = NotificationDelivery.objects.all()
    unit.ounit_id = "ou-law"
    keep_unit_in_copies(row=unit, parts=[UnitName(unit=unit, language="en", value="Law")], actor=TEST, now=timezone.now())
    assert not OwnIia.objects.get().is_current
    assert unit_ids(node) == {"ou-law"}
    assert audit(timezone.now(), at_most=10) == []
    told.refresh_from_db()
    assert (NotificationDelivery.objects.count(), told.times) == (1, 3)  # published, unit, new id: told once


def test_a_unit_with_another_name_marks_nothing(node: Node) -> None:
    unit = node.university.law
    CooperationCondition.objects.filter(sending=node.university.home).update(sending_unit=unit)
    unit.website = "https://law.home.example.org"
    keep_unit_in_copies(row=unit, parts=[UnitName(unit=unit, language="en", value="Law")], actor=TEST, now=timezone.now())
    assert OwnIia.objects.get().is_current


@pytest.mark.parametrize(("whose", "place"), [("home", 0), ("partner", 1)])
def test_an_institution_with_another_id_than_before_stands_in_every_copy_at_once(node: Node, whose: str, place: int) -> None:
    organisation = getattr(node.university, whose)
    identifier = organisation.identifiers.get(scheme="hei-id")
    identifier.value = "renamed.example.org"
    keep_organisation_in_copies(
        row=organisation,
        parts=[identifier, OrganisationName(organisation=organisation, language="en", value="Renamed")],
        actor=TEST,
        now=timezone.now(),
    )
    assert not OwnIia.objects.get().is_current
    (own,) = bring_up_to_date(timezone.now())
    (iia,) = parse_iias_get(join_iias_get([own.publication.xml.encode()])).value
    assert iia.partners[place].hei_id == "renamed.example.org"
    assert audit(timezone.now(), at_most=10) == []


def test_what_was_approved_on_paper_is_not_deleted_but_can_be_let_go(node: Node) -> None:
    """The text is in force, whatever became of the copies: it can be terminated. A wrong mapping is no approval, and can be mended."""
    _keep_party(node, iia_id="theirs")
    with pytest.raises(Refused) as refused:
        remove_from_network(agreement=node.agreement, actor=TEST, now=timezone.now())
    assert [reason.rule for reason in refused.value.reasons] == ["was-approved"]
    unmap_iia(agreement=node.agreement, actor=TEST, now=timezone.now())
    assert [partner.iia_id for partner in copy(node)[0].iia.partners] == [node.iia_id, ""]


def test_a_copy_that_names_another_by_now_was_approved_all_the_same(node: Node) -> None:
    _keep_party(node, iia_id="theirs")
    bring_up_to_date(timezone.now())
    own = OwnIia.objects.get()
    row = their_copy(node, our_iia_id=node.iia_id)
    approve_iia(copy=row, seen_hash=row.iia_hash, actor=TEST, now=timezone.now(), despite_differences=True)
    told = {own.publication.iia_hash: "<answer/>"}
    receive_partner_approval(agreement=node.agreement, iia_id=node.iia_id, told=told, signed_by="", now=timezone.now())
    their_copy(node, our_iia_id="another", digest="b" * 64)
    with pytest.raises(Refused) as refused:
        unmap_iia(agreement=node.agreement, actor=TEST, now=timezone.now())
    assert [reason.rule for reason in refused.value.reasons] == ["mutual"]


def test_an_agreement_that_is_ended_here_is_told_to_the_partner(node: Node) -> None:
    NotificationDelivery.objects.all().delete()
    move_agreement(row=node.agreement, action="end", actor=TEST, now=timezone.now())
    bring_up_to_date(timezone.now())
    assert list(NotificationDelivery.objects.values_list("api", "hei_id", "subject")) == [("iia-cnr", "partner.example.org", node.iia_id)]
    assert copy(node)[0].iia.in_effect is False
    assert beside(node.agreement).turn.state == "ended-here"


def test_a_copy_that_is_up_to_date_is_what_its_rows_say(node: Node) -> None:
    """The bytes that were kept are those that would be written now, for every copy."""
    for number in range(3):
        agreement = an_agreement(node.university, state="proposed", key=f"further-{number}", places=number + 1)
        agreement.kind = "iia-programme"
        agreement.save()
    bring_up_to_date(timezone.now())
    for version in versions_in_network():
        own = version.agreement.own_iia
        assert own.is_current
        assert publish_iia(iia_of(version, own.iia_id)).xml.decode() == own.publication.xml


def test_the_audit_repairs_and_tells_what_changed_without_a_mark(node: Node, caplog: pytest.LogCaptureFixture) -> None:
    CooperationCondition.objects.update(mobilities_per_year=9)
    assert {condition.mobilities_per_year for condition in copy(node)[0].iia.conditions} == {2}
    assert [own.agreement for own in audit(timezone.now(), at_most=10)] == [node.agreement]
    assert "had changed without a mark" in caplog.text
    assert {condition.mobilities_per_year for condition in copy(node)[0].iia.conditions} == {9}


def test_a_partner_with_another_hei_id_than_before_reads_it_in_its_copy(node: Node) -> None:
    OrganisationIdentifier.objects.filter(value="partner.example.org").update(value="stranger.example.org")
    message = node.stranger.request("GET", "iias/get", [("iia_id", node.iia_id)], now=timezone.now())
    (received,) = receive_iias_get(send(message).content).value
    assert received.iia.partners[1].hei_id == "stranger.example.org"


@pytest.mark.django_db(transaction=True)
def test_an_answer_asks_the_database_one_question(node: Node, django_assert_num_queries, monkeypatch: pytest.MonkeyPatch) -> None:
    log = AnswerLog(later=lambda work: None)
    monkeypatch.setattr(answers, "_answers", log)
    moment = timezone.now()
    entrance = NetworkEntrance(PAGES, clock=lambda: moment)
    asked = [("iia_id", node.iia_id)]
    send(node.partner.request("GET", "iias/get", asked, now=moment), entrance)  # catalogue and key are looked up once a second
    with django_assert_num_queries(1):  # the text; the log waits for others
        assert send(node.partner.request("GET", "iias/get", asked, now=moment), entrance).status_code == 200
    log.write()
    assert Exchange.objects.filter(endpoint="iias/get", status=200).count() == 2
