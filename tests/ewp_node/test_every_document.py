"""Every document that leaves this node, in every case that an office can bring about, against the official schemas; errors too."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.http import HttpResponse
from django.utils import timezone
from tests.ewp_node.conftest import TEST, Node
from tests.ewp_node.partners import HOST, PAGES, Partner, get, send
from tests.ewp_node.test_endpoints import HOME, ask
from tests.ewp_node.test_publishing import their_copy

from goliard.apps.agreements.models import CooperationCondition, FactSheet, LanguageSkill, SubjectArea
from goliard.apps.agreements.services.agreements import move_agreement
from goliard.apps.agreements.services.approvals import approve_iia
from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.apps.institutions.models import OrganisationIdentifier
from goliard.apps.institutions.refusals import Refused
from goliard.apps.network.services.catalogues import keep_catalogue
from goliard.ewp_codec.catalogue import catalogue_of
from goliard.ewp_codec.catalogue_documents import render_catalogue
from goliard.ewp_codec.iias.get_response import parse_iias_get, receive_iias_get
from goliard.ewp_codec.other_ids import OtherId
from goliard.ewp_codec.schemas import SchemaFolder
from goliard.ewp_codec.signatures.requests import Request
from goliard.ewp_node.host import registers
from goliard.ewp_node.host.endpoints import ENDPOINTS
from goliard.ewp_node.host.entrance import NetworkEntrance
from goliard.ewp_node.host.inquiries import Endpoint
from goliard.ewp_node.host.wire import MOST_BYTES


def every_kind(node: Node) -> None:
    """One condition of each kind of mobility each way, with everything that a condition can say."""
    version = node.agreement.versions.get()
    version.conditions.all().delete()
    home, partner, law = node.university.home, node.university.partner, node.university.law
    position = 0
    for kind in ("student-studies", "student-traineeship", "staff-teaching", "staff-training"):
        for sending, receiving in ((home, partner), (partner, home)):
            position += 1
            condition = CooperationCondition.objects.create(
                version=version, position=position, kind=kind, sending=sending, receiving=receiving,
                sending_unit=law if sending == home else None, receiving_unit=law if receiving == home else None, first_year="2026/2027",
                last_year="2028/2029", mobilities_per_year=3, amount="22.5", eqf_levels="678" if kind.startswith("student") else "",
                is_blended=kind.startswith("student"), other_terms="Places may be split; costs < 10 & “none” otherwise.",
            )  # fmt: skip
            for isced, words in (("0222", "Modern history"), ("0421", "")):
                SubjectArea.objects.create(condition=condition, isced_f=isced, clarification=words)
            for language, level in (("en", "B2"), ("nl", "A2"), ("fr", "")):
                LanguageSkill.objects.create(condition=condition, language=language, level=level)
    node.agreement.parties.update(signatory_name="The Rector", signatory_function="Rector", signed_on=date(2026, 9, 1), iia_code="A-1")
    outdate_copies(agreements=None)


def terminated(node: Node) -> None:
    move_agreement(row=node.agreement, action="terminate", actor=TEST, now=timezone.now())


def approved(node: Node) -> None:
    node.agreement.parties.filter(organisation=node.university.partner).update(iia_id="theirs")
    row = their_copy(node, our_iia_id=node.iia_id)
    approve_iia(copy=row, seen_hash=row.iia_hash, actor=TEST, now=timezone.now())


def nothing_changed(node: Node) -> None:
    """As the fixture made it."""


IIA, UNKNOWN = ("iia_id", "$iia"), ("iia_id", "unknown")
# what happened before, and what is asked then: the endpoint, its parameters
CASES: list[tuple[Callable[[Node], object], str, list[tuple[str, str]]]] = [
    (every_kind, "iias/get", [IIA]),
    (terminated, "iias/get", [IIA]),
    (approved, "iias/get", [IIA]),
    (approved, "iias-approval", [("iia_id", "theirs")]),
    (approved, "iias/stats", []),
    (lambda node: move_agreement(row=node.agreement, action="end", actor=TEST, now=timezone.now()), "iias/get", [IIA]),
    (nothing_changed, "iias/get", [UNKNOWN]),
    (nothing_changed, "iias/index", []),
    (nothing_changed, "iias/index", [("receiving_academic_year_id", "1653/1654")]),
    (nothing_changed, "iias-approval", [UNKNOWN]),
    (nothing_changed, "echo", []),
    (nothing_changed, "echo", [("echo", ""), ("echo", "<&>"), ("echo", "é €")]),
    (nothing_changed, "institutions", [HOME]),
    (nothing_changed, "institutions", [("hei_id", "other.example.org")]),
    (nothing_changed, "organizational-units", [HOME, ("ounit_code", "law")]),
    (nothing_changed, "organizational-units", [HOME, ("ounit_id", "nowhere")]),
    (nothing_changed, "factsheet", [HOME]),
    (lambda _node: FactSheet.objects.all().delete(), "factsheet", [HOME]),
]


@pytest.mark.parametrize(("happened", "path", "pairs"), CASES)
def test_an_answer_in_every_case(node: Node, schemas: SchemaFolder, happened: Callable[[Node], object], path: str, pairs) -> None:
    happened(node)
    for method in ("GET", "POST"):
        _, answer = ask(node, path, pairs, method)
        assert (answer.status_code, schemas.faults(answer.content)) == (200, ())
        if path == "iias/get":
            assert all(received.is_as_declared for received in receive_iias_get(answer.content).value)


def test_every_kind_of_condition_comes_back_as_it_was(node: Node) -> None:
    every_kind(node)
    (iia,) = parse_iias_get(ask(node, "iias/get", [IIA])[1].content).value
    assert [each.kind.value for each in iia.conditions[::2]] == [
        "student-studies-mobility-spec",
        "student-traineeship-mobility-spec",
        "staff-teacher-mobility-spec",
        "staff-training-mobility-spec",
    ]
    assert {each.total_per_year for each in iia.conditions} == {"22.5"}
    assert {each.other_info_terms for each in iia.conditions} == {"Places may be split; costs < 10 & “none” otherwise."}
    assert [(area.isced_f_code, area.isced_clarification) for area in iia.conditions[0].subject_areas] == [
        ("0222", "Modern history"),
        ("0421", ""),
    ]


def broken(node: Node, monkeypatch: pytest.MonkeyPatch) -> HttpResponse:
    def fail(_inquiry: object) -> object:
        raise RuntimeError("a fault of ours")

    monkeypatch.setitem(ENDPOINTS, "echo", Endpoint("echo", fail))  # type: ignore[arg-type]
    return ask(node, "echo", [], wants=True)[1]


def without_institution(_node: Node, _monkeypatch: pytest.MonkeyPatch) -> HttpResponse:
    OrganisationIdentifier.objects.all().delete()
    return get("/ewp/manifest.xml")


# what the node refuses or cannot do -> how that is brought about, and its status
ERRORS: dict[str, tuple[Callable[[Node, pytest.MonkeyPatch], HttpResponse], int]] = {
    "not signed": (lambda _node, _patch: get("/ewp/echo"), 401),
    "nowhere": (lambda _node, _patch: get("/ewp/omobilities/get"), 404),
    "the root": (lambda _node, _patch: get("/ewp/"), 404),
    "another method": (lambda node, _patch: send(node.partner.request("PUT", "echo", [], now=timezone.now())), 405),
    "a parameter too many": (lambda node, _patch: ask(node, "iias/get", [IIA, IIA])[1], 400),
    "not for partners": (lambda node, _patch: ask(node, "iias/stats", [], partner=node.partner)[1], 403),
    "no client key": (lambda node, _patch: ask(node, "echo", [], partner=Partner("nobody.example.org"))[1], 403),
    "too large": (
        lambda node, _patch: send(replace(node.partner.request("POST", "echo", [], now=timezone.now()), body=b"a" * (MOST_BYTES + 1))),
        413,
    ),
    "a fault of ours": (broken, 500),
    "no manifest yet": (without_institution, 503),
}


@pytest.mark.parametrize("what", ERRORS)
def test_an_error_in_every_case(node: Node, schemas: SchemaFolder, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    bring_about, status = ERRORS[what]
    answer = bring_about(node, monkeypatch)
    assert (answer.status_code, schemas.faults(answer.content)) == (status, ())
    assert b"a fault of ours" not in answer.content
    assert answer["Content-Type"] == "text/xml; charset=UTF-8"


class Endless(io.RawIOBase):
    """A body that nobody may begin to read."""

    def read(self, _size: int = -1) -> bytes:
        raise AssertionError("it was read")


def test_a_hundred_megabytes_are_refused_before_the_first_byte_is_read(node: Node, schemas: SchemaFolder) -> None:
    message = node.partner.request("POST", "iia-cnr", [("iia_id", "b1")], now=timezone.now())
    answer = send(message, CONTENT_LENGTH="100000000", **{"wsgi.input": Endless()})  # type: ignore[arg-type]
    assert (answer.status_code, schemas.faults(answer.content)) == (413, ())


def test_our_manifest_says_one_agreement_at_a_time(node: Node) -> None:
    """Terminations of one agreement change the hash of another in the same answer, for who hashes the whole of it."""
    assert b"<max-iia-ids>1</max-iia-ids>" in get("/ewp/manifest.xml").content
    assert registers.MOST_UNITS == 50


def test_a_partner_under_a_new_id_is_the_partner(node: Node) -> None:
    """It signs as whom it is now; the catalogue names its former id."""
    renamed = Partner("new.example.org", node.partner.client_key, node.partner.server_key)
    manifest = renamed.manifest()
    assert manifest.hei is not None
    named = replace(manifest, hei=replace(manifest.hei, other_ids=(OtherId("previous-schac", "partner.example.org"),)))
    keep_catalogue(body=render_catalogue(catalogue_of([named])), source="test", etag="", institutions=1, actor=TEST, now=timezone.now())
    assert len(parse_iias_get(ask(node, "iias/get", [IIA], partner=renamed)[1].content).value) == 1


def test_what_is_left_over_from_version_6_cannot_be_approved(node: Node) -> None:
    node.agreement.parties.filter(organisation=node.university.partner).update(iia_id="theirs")
    row = their_copy(node, our_iia_id=node.iia_id)
    type(row).objects.update(is_approvable=False)
    with pytest.raises(Refused) as refused:
        approve_iia(copy=row, seen_hash=row.iia_hash, actor=TEST, now=timezone.now())
    assert [reason.rule for reason in refused.value.reasons] == ["left-from-version-6"]


def test_a_request_without_address_header_is_refused(node: Node) -> None:
    message = node.partner.request("GET", "echo", [], now=timezone.now())
    bare = Request(message.method, message.target, tuple(pair for pair in message.headers if pair[0] != "Host"))
    assert send(bare, NetworkEntrance(PAGES)).status_code == 400
    assert HOST in send(node.partner.request("GET", "echo", [], now=timezone.now(), host="other.example.org")).content.decode()
