"""Every endpoint, asked by GET and by POST, with and without the wish for a signed answer: the rules of the specifications, one by one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.ewp_node.conftest import Node
from tests.ewp_node.partners import Partner, answer_of, get, header, send, signature_of

from goliard.apps.agreements.services.own_copies import outdate_copies
from goliard.ewp_codec.echo import parse_echo
from goliard.ewp_codec.error_response import parse_error_response
from goliard.ewp_codec.factsheets import parse_factsheets
from goliard.ewp_codec.iias.approvals import parse_iias_approval
from goliard.ewp_codec.iias.get_response import receive_iias_get
from goliard.ewp_codec.iias.index_response import parse_iias_index, parse_iias_stats
from goliard.ewp_codec.institutions import parse_institutions
from goliard.ewp_codec.manifest import parse_manifest
from goliard.ewp_codec.ounits import parse_ounits
from goliard.ewp_codec.schemas import SchemaFolder
from goliard.ewp_codec.signatures.answers import verify_answer

BOTH = ("GET", "POST")
HOME = ("hei_id", "home.example.org")
STATISTICS_ONLY = {"iias/stats"}
# endpoint, parameters of a request that is answered with 200, methods
ASKED: tuple[tuple[str, list[tuple[str, str]], tuple[str, ...]], ...] = (
    ("echo", [("echo", "a"), ("echo", "b"), ("echo", "a")], BOTH),
    ("institutions", [HOME], BOTH),
    ("organizational-units", [HOME, ("ounit_id", "science"), ("ounit_id", "nowhere")], BOTH),
    ("factsheet", [HOME], BOTH),
    ("iias/get", [("iia_id", "$iia")], BOTH),
    ("iias/index", [], BOTH),
    ("iias/stats", [], BOTH),
    ("iias-approval", [("iia_id", "theirs")], BOTH),
    ("iia-cnr", [("iia_id", "theirs")], ("POST",)),
    ("iia-approval-cnr", [("iia_id", "$iia")], ("POST",)),
)
CASES = [(path, pairs, method) for path, pairs, methods in ASKED for method in methods]


def ask(node: Node, path: str, pairs: list[tuple[str, str]], method: str = "GET", *, partner: Partner | None = None, wants: bool = False):
    asking = partner or (node.statistics if path in STATISTICS_ONLY else node.partner)
    given = [(name, node.iia_id if value == "$iia" else value) for name, value in pairs]
    message = asking.request(method, path, given, now=timezone.now(), wants_signature=wants)
    return message, send(message)


@pytest.mark.parametrize("wants", [False, True], ids=["tls", "signed"])
@pytest.mark.parametrize(("path", "pairs", "method"), CASES, ids=lambda value: str(value) if isinstance(value, str) else "")
def test_an_answer_is_valid_and_signed_when_asked(node: Node, schemas: SchemaFolder, path: str, pairs, method: str, wants: bool) -> None:
    message, answer = ask(node, path, pairs, method, wants=wants)
    assert (answer.status_code, schemas.faults(answer.content)) == (200, ())
    assert answer["Content-Type"] == "text/xml; charset=UTF-8"
    assert answer["Cache-Control"] == "no-store, no-transform"
    assert "Content-Encoding" not in answer
    assert ("Signature" in answer) is wants
    if wants:
        keys = {node.server_key.key_id: bytes(node.server_key.public_der)}
        verified = verify_answer(
            answer_of(answer),
            key_of=keys.get,
            now=timezone.now(),
            request_id=header(message, "x-request-id"),
            request_signature=signature_of(message),
        )
        assert verified.key_id == node.server_key.key_id


# endpoint, parameters, what the message says
BAD: tuple[tuple[str, list[tuple[str, str]], str], ...] = (
    ("institutions", [], "the parameter hei_id is missing"),
    ("institutions", [HOME, HOME], "at most 1 values of hei_id"),
    ("institutions", [("hei_id", "a"), ("hei_id", "b")], "at most 1 values of hei_id"),
    ("institutions", [("hei_id_param", "home.example.org")], "the parameter hei_id is missing"),
    ("factsheet", [], "the parameter hei_id is missing"),
    ("factsheet", [HOME, HOME], "at most 1 values"),
    ("organizational-units", [("ounit_id", "science")], "the parameter hei_id is missing"),
    ("organizational-units", [HOME, HOME, ("ounit_id", "science")], "the parameter hei_id may be given only once"),
    ("organizational-units", [("hei_id", "other.example.org"), ("ounit_id", "science")], "not an institution that this host covers"),
    ("organizational-units", [HOME], "either ounit_id or ounit_code"),
    ("organizational-units", [HOME, ("ounit_id", "science"), ("ounit_code", "science")], "either ounit_id or ounit_code"),
    ("organizational-units", [HOME, *[("ounit_id", "science")] * 51], "at most 50 values of ounit_id"),
    ("iias/get", [], "the parameter iia_id is missing"),
    ("iias/get", [("iia_id", "$iia"), ("iia_id", "$iia")], "at most 1 values of iia_id"),
    ("iias/get", [("iia_id_param", "$iia")], "the parameter iia_id is missing"),
    ("iias/index", [("modified_since", "2019-02-12T15:19:21+01:00")] * 2, "modified_since may be given only once"),
    ("iias/index", [("modified_since", "2004-02-12")], "no xs:dateTime"),
    ("iias/index", [("modified_since", "05/29/2015 05:50")], "no xs:dateTime"),
    ("iias/index", [("receiving_academic_year_id", "test/test")], "academic years such as 2026/2027"),
    ("iias-approval", [], "the parameter iia_id is missing"),
    ("iias-approval", [("iia_id", "a"), ("iia_id", "b")], "at most 1 values"),
    ("file", [], "the parameter file_id is missing"),
    ("file", [("file_id", "unknown")], "no such file for you"),
    ("echo", [("echo", "\x01")], "XML cannot carry"),
)


@pytest.mark.parametrize("method", BOTH)
@pytest.mark.parametrize(("path", "pairs", "why"), BAD)
def test_bad_parameters_are_refused(node: Node, schemas: SchemaFolder, path: str, pairs, why: str, method: str) -> None:
    _, answer = ask(node, path, pairs, method, wants=True)
    assert (answer.status_code, schemas.faults(answer.content)) == (400, ())
    assert why in parse_error_response(answer.content).value.developer_message
    assert "Signature" in answer


@pytest.mark.parametrize(
    ("pairs", "why"),
    [([], "is missing"), ([("iia_id", "a"), ("iia_id", "b")], "only once"), ([("iia_id", "a b")], "no identifier")],
)
@pytest.mark.parametrize("path", ["iia-cnr", "iia-approval-cnr"])
def test_a_notification_needs_one_id(node: Node, path: str, pairs, why: str) -> None:
    _, answer = ask(node, path, pairs, "POST")
    assert answer.status_code == 400
    assert why in parse_error_response(answer.content).value.developer_message


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_other_methods_are_not_allowed(node: Node, method: str) -> None:
    answer = send(node.partner.request(method, "iia-cnr", [("iia_id", "a")], now=timezone.now()))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_an_unknown_endpoint_is_an_error_response(node: Node, schemas: SchemaFolder) -> None:
    _, answer = ask(node, "omobilities/get", [])
    assert (answer.status_code, schemas.faults(answer.content)) == (404, ())


def test_echo_says_who_asks_and_keeps_order_and_doubles(node: Node) -> None:
    for method in BOTH:
        _, answer = ask(node, "echo", [("echo", "a"), ("echo", "b"), ("echo", "a")], method)
        said = parse_echo(answer.content).value
        assert (said.hei_ids, said.echoes) == (("partner.example.org",), ("a", "b", "a"))


def test_a_post_ignores_its_query_string(node: Node) -> None:
    message = node.partner.request("POST", "echo?echo=query", [("echo", "form")], now=timezone.now())
    assert parse_echo(send(message).content).value.echoes == ("form",)


def test_a_post_of_something_else_than_a_form_is_refused(node: Node) -> None:
    message = node.partner.request("POST", "echo", [("echo", "a")], now=timezone.now())
    assert send(message, CONTENT_TYPE="text/xml").status_code == 400


def test_institution_units_and_fact_sheet(node: Node) -> None:
    (home,) = parse_institutions(ask(node, "institutions", [HOME])[1].content).value
    assert home.hei_id == "home.example.org"
    assert [(other.type, other.value) for other in home.other_ids] == [("erasmus", "NL  HOME01")]
    assert sorted(home.ounit_ids) == ["group", "law", "observatory", "science"]
    units = parse_ounits(ask(node, "organizational-units", [HOME, ("ounit_code", "observatory")])[1].content).value
    assert [(unit.ounit_id, unit.parent_ounit_id) for unit in units] == [("observatory", "science")]
    (sheet,) = parse_factsheets(ask(node, "factsheet", [HOME])[1].content).value
    assert (sheet.nominations.autumn_term, sheet.decision_weeks, sheet.housing.email) == ("--04-15", 5, "housing@home.example.org")


def test_another_institution_is_left_out(node: Node) -> None:
    other = [("hei_id", "other.example.org")]
    assert parse_institutions(ask(node, "institutions", other)[1].content).value == ()
    assert parse_factsheets(ask(node, "factsheet", other)[1].content).value == ()


def test_a_fact_sheet_that_is_not_whole_is_left_out(node: Node) -> None:
    node.university.home.fact_sheet.infos.filter(kind="visa").update(phone="")
    assert parse_factsheets(ask(node, "factsheet", [HOME])[1].content).value == ()


def test_get_publishes_our_copy_with_the_right_hash(node: Node) -> None:
    parsed = receive_iias_get(ask(node, "iias/get", [("iia_id", node.iia_id)])[1].content)
    assert parsed.tolerated == ()
    (received,) = parsed.value
    assert received.is_as_declared
    assert [partner.hei_id for partner in received.iia.partners] == ["home.example.org", "partner.example.org"]
    assert received.iia.in_effect is True
    assert [(each.sending_hei_id, each.mobilities_per_year, each.total_per_year) for each in received.iia.conditions] == [
        ("home.example.org", 2, "20"),
        ("partner.example.org", 2, "20"),
    ]


def test_unknown_ids_are_left_out(node: Node) -> None:
    assert receive_iias_get(ask(node, "iias/get", [("iia_id", "unknown")])[1].content).value == ()
    assert parse_iias_approval(ask(node, "iias-approval", [("iia_id", "unknown")])[1].content).value == ()


def test_nobody_sees_agreements_of_others(node: Node) -> None:
    asked = [("iia_id", node.iia_id)]
    assert receive_iias_get(ask(node, "iias/get", asked, partner=node.stranger)[1].content).value == ()
    assert parse_iias_index(ask(node, "iias/index", [], partner=node.stranger)[1].content).value == ()


def test_index_and_get_agree(node: Node) -> None:
    ids = parse_iias_index(ask(node, "iias/index", [])[1].content).value
    assert ids == (node.iia_id,)
    assert all(len(receive_iias_get(ask(node, "iias/get", [("iia_id", each)])[1].content).value) == 1 for each in ids)


@pytest.mark.parametrize(
    ("years", "is_there"),
    [(["2026/2027"], True), (["2027/2027"], True), (["1653/1654"], False), (["1653/1654", "2028/2029"], True), (["2029/2030"], False)],
)
def test_index_by_academic_year(node: Node, years: list[str], is_there: bool) -> None:
    answer = ask(node, "iias/index", [("receiving_academic_year_id", year) for year in years])[1]
    assert parse_iias_index(answer.content).value == ((node.iia_id,) if is_there else ())


def test_index_by_moment_of_change(node: Node) -> None:
    def since(moment: str) -> tuple[str, ...]:
        return parse_iias_index(ask(node, "iias/index", [("modified_since", moment)])[1].content).value

    later = (timezone.now() + timedelta(hours=1)).isoformat(timespec="seconds")
    assert since("2000-02-12T15:19:21+01:00") == (node.iia_id,)
    assert since(later) == ()
    condition = node.agreement.versions.get().conditions.first()
    before = timezone.now().isoformat(timespec="seconds")
    condition.mobilities_per_year = 7
    condition.save()
    outdate_copies(agreements=[node.agreement.pk])
    assert since(before) == (node.iia_id,)


def test_statistics_are_for_the_portal_only(node: Node) -> None:
    numbers = parse_iias_stats(ask(node, "iias/stats", [])[1].content).value
    assert (numbers.fetchable, numbers.both_approved) == (1, 0)
    _, refused = ask(node, "iias/stats", [], partner=node.partner)
    assert refused.status_code == 403


def test_the_manifest_is_open_and_names_every_endpoint(node: Node, schemas: SchemaFolder) -> None:
    answer = get("/ewp/manifest.xml")
    assert (answer.status_code, schemas.faults(answer.content)) == (200, ())
    manifest = parse_manifest(answer.content).value
    assert manifest.client_keys == (bytes(node.client_key.public_der),)
    assert manifest.server_keys == (bytes(node.server_key.public_der),)
    urls = {value for api in manifest.apis for name, value in api.settings if name.endswith("url")}
    assert urls == {f"https://exchange.home.example.org/ewp/{path}" for path in ("manifest.xml", "file", *(path for path, *_ in ASKED))}


def test_without_an_address_there_is_no_node(node: Node, settings) -> None:
    settings.GOLIARD_EWP_URL = ""
    assert b"<manifest" not in get("/ewp/manifest.xml").content
