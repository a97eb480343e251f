"""The rules that hold for every endpoint, asked of every endpoint, by each method and in both combinations of security.

HTTT: the request is signed, the answer comes over TLS only. HHTT: the answer is signed as well, refusals too.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.ewp_node.conftest import Node
from tests.ewp_node.partners import FORM, HOST, Partner, a_catalogue, answer_of, header, send, signature_of
from tests.ewp_node.test_endpoints import ASKED, HOME, STATISTICS_ONLY, ask
from tests.ewp_node.test_signatures import SIGNED, signed_anew, with_header

from goliard.apps.network.services.catalogues import keep_catalogue
from goliard.ewp_codec.catalogue import catalogue_of
from goliard.ewp_codec.catalogue_documents import render_catalogue
from goliard.ewp_codec.echo import parse_echo
from goliard.ewp_codec.error_response import parse_error_response
from goliard.ewp_codec.iias.get_response import parse_iias_get
from goliard.ewp_codec.iias.index_response import parse_iias_index
from goliard.ewp_codec.institutions import parse_institutions
from goliard.ewp_codec.ounits import parse_ounits
from goliard.ewp_codec.schemas import SchemaFolder
from goliard.ewp_codec.signatures.answers import verify_answer
from goliard.ewp_codec.signatures.http_dates import format_http_date
from goliard.ewp_codec.signatures.refusals import SignatureRefused
from goliard.ewp_codec.signatures.requests import Request
from goliard.rules.access.actor import system

ENDPOINTS = (*ASKED, ("file", [("file_id", "unknown")], ("GET", "POST")))
CASES = [(path, pairs, method) for path, pairs, methods in ENDPOINTS for method in methods]
OLD = timedelta(minutes=-6)

Change = Callable[[Request, Partner], Request]


def anew(message: Request, partner: Partner, name: str, value: str, names: tuple[str, ...] = SIGNED) -> Request:
    """The request with another value in a header, signed again as it then stands."""
    return signed_anew(with_header(message, name, value), partner, names)


def also(message: Request, partner: Partner, *more: tuple[str, str], names: tuple[str, ...]) -> Request:
    """The request with more headers, signed over those names."""
    return signed_anew(replace(message, headers=(*more, *message.headers)), partner, names)


def authorized(message: Request, pattern: str, value: str) -> Request:
    """The request with something else in its signature's parameters."""
    return with_header(message, "Authorization", re.sub(pattern, value, header(message, "Authorization")))


def shouted(message: Request) -> Request:
    """The request with the names of its signed headers in capitals."""
    names = re.findall(r'headers="([^"]*)"', header(message, "Authorization"))[0]
    return authorized(message, 'headers="[^"]*"', f'headers="{names.upper().replace("(REQUEST-TARGET)", "(request-target)")}"')


def unsigned(message: Request) -> Request:
    return replace(message, headers=tuple(pair for pair in message.headers if pair[0] != "Authorization"))


def by_the_server(message: Request, who: Partner) -> Request:
    """The request under the key that signs the partner's answers."""
    return signed_anew(message, replace(who, client_key=who.server_key), SIGNED)


def without(name: str) -> tuple[str, ...]:
    return tuple(each for each in SIGNED if each != name)


def digest_of(body: bytes, algorithm: str = "SHA-256") -> str:
    return f"{algorithm}={base64.b64encode(hashlib.sha256(body).digest()).decode()}"


#: what is wrong with a request -> how it is made wrong, and the status that it is answered with
WRONG: dict[str, tuple[Change, int]] = {
    **{f"{name} is not signed": (lambda message, who, name=name: signed_anew(message, who, without(name)), 400) for name in SIGNED},
    **{
        f"{name} is signed and absent": (
            lambda message, who, name=name: replace(
                signed_anew(message, who, SIGNED),
                headers=tuple(pair for pair in signed_anew(message, who, SIGNED).headers if pair[0].lower() != name),
            ),
            400,
        )
        for name in SIGNED[2:]
    },
    "the digest is that of another body": (lambda message, who: anew(message, who, "Digest", digest_of(b"another")), 400),
    "the digest is a SHA-1": (lambda message, who: anew(message, who, "Digest", "SHA=2jmj7l5rSw0yVb/vlWAYkK/YBwk="), 400),
    "the date is old": (lambda message, who: anew(message, who, "Original-Date", format_http_date(timezone.now() + OLD)), 400),
    "the date is yet to come": (lambda message, who: anew(message, who, "Original-Date", format_http_date(timezone.now() - OLD)), 400),
    "the date has a day of one digit": (lambda message, who: anew(message, who, "Original-Date", "Sun, 1 Nov 2026 10:00:00 GMT"), 400),
    "the date is in another zone": (lambda message, who: anew(message, who, "Original-Date", "Sun, 01 Nov 2026 10:00:00 CET"), 400),
    "the request id is no UUID": (lambda message, who: anew(message, who, "X-Request-Id", "1"), 400),
    "the request id is in capitals": (
        lambda message, who: anew(message, who, "X-Request-Id", "8E3C6F0E-6B5D-4A3A-9A64-0B1C9C3F9B11"),
        400,
    ),
    "the host is another": (lambda message, who: anew(message, who, "Host", "other.example.org"), 400),
    "the algorithm is another": (lambda message, who: authorized(message, "rsa-sha256", "hmac-sha256"), 400),
    "the key is in no catalogue": (lambda message, who: authorized(message, 'keyId="[^"]*"', f'keyId="{"0" * 64}"'), 403),
    "a server's key signs it": (by_the_server, 403),
    "the signature is another's": (
        lambda message, who: authorized(by_the_server(message, who), 'keyId="[^"]*"', f'keyId="{who.client_key.key_id}"'),
        400,
    ),
    "nothing is signed": (lambda message, who: unsigned(message), 401),
}  # fmt: skip

#: what differs and is right all the same
RIGHT: dict[str, Change] = {
    "Date is signed instead of Original-Date": lambda message, who: also(
        replace(message, headers=tuple(pair for pair in message.headers if pair[0] != "Original-Date")),
        who,
        ("Date", format_http_date(timezone.now())),
        names=("(request-target)", "host", "date", "digest", "x-request-id"),
    ),
    "a proxy wrote another Date, which is not signed": lambda message, who: also(
        message, who, ("Date", "Mon, 01 Jan 2001 00:00:00 GMT"), names=SIGNED
    ),
    "the clock is four minutes off": lambda message, who: anew(
        message, who, "Original-Date", format_http_date(timezone.now() + timedelta(minutes=4))
    ),
    "the digest's algorithm is written otherwise": lambda message, who: anew(
        message, who, "Digest", digest_of(message.body, "shA-256")
    ),
    "there are several digests": lambda message, who: anew(message, who, "Digest", f"MD5=AAAA,{digest_of(message.body)}"),
    "the names of headers are in capitals and another order": lambda message, who: shouted(
        signed_anew(message, who, tuple(reversed(SIGNED)))
    ),
    "more headers are signed": lambda message, who: also(
        message, who, ("User-Agent", "partner"), names=(*SIGNED, "user-agent", "accept-signature")
    ),
    "a header more that is not signed": lambda message, who: also(message, who, ("X-Forwarded-For", "192.0.2.1"), names=SIGNED),
    "the host has a port": lambda message, who: anew(message, who, "Host", f"{HOST}:8443"),
    "the host has capitals": lambda message, who: anew(message, who, "Host", HOST.upper()),
}  # fmt: skip


def requester(node: Node, path: str) -> Partner:
    return node.statistics if path in STATISTICS_ONLY else node.partner


def a_request(node: Node, path: str, pairs: list[tuple[str, str]], method: str, *, wants: bool) -> Request:
    given = [(name, node.iia_id if value == "$iia" else value) for name, value in pairs]
    return requester(node, path).request(method, path, given, now=timezone.now(), wants_signature=wants)


@pytest.mark.parametrize("wants", [False, True], ids=["HTTT", "HHTT"])
@pytest.mark.parametrize(("path", "pairs", "method"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_each_thing_that_is_wrong_is_refused(node: Node, schemas: SchemaFolder, path: str, pairs, method: str, wants: bool) -> None:
    found = {}
    for what, (change, _status) in WRONG.items():
        message = change(a_request(node, path, pairs, method, wants=wants), requester(node, path))
        answer = send(message)
        assert (what, schemas.faults(answer.content)) == (what, ())
        assert parse_error_response(answer.content).value.developer_message
        assert (what, "Signature" in answer) == (what, wants)
        assert (answer.status_code != 401) or answer["WWW-Authenticate"].startswith('Signature realm="EWP"')
        found[what] = answer.status_code
    assert found == {what: status for what, (_change, status) in WRONG.items()}


@pytest.mark.parametrize(("path", "pairs", "method"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_what_differs_and_is_right_is_answered_and_signed(node: Node, path: str, pairs, method: str) -> None:
    keys = {node.server_key.key_id: bytes(node.server_key.public_der)}
    for what, change in RIGHT.items():
        message = change(a_request(node, path, pairs, method, wants=True), requester(node, path))
        answer = send(message)
        assert (what, answer.status_code) == (what, 400 if path == "file" else 200)
        verify_answer(
            answer_of(answer),
            key_of=keys.get,
            now=timezone.now(),
            request_id=header(message, "x-request-id"),
            request_signature=signature_of(message),
        )


@pytest.mark.parametrize("path", [path for path, *_ in ENDPOINTS])
def test_every_other_method_is_405_with_those_that_may_be_used(node: Node, schemas: SchemaFolder, path: str) -> None:
    allowed = next(methods for each, _pairs, methods in ENDPOINTS if each == path)
    for method in {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} - set(allowed):
        answer = send(requester(node, path).request(method, path, [], now=timezone.now()))
        assert (answer.status_code, answer["Allow"], schemas.faults(answer.content)) == (405, ", ".join(allowed), ())


def test_a_request_of_all_wrong_headers_is_never_a_fault_of_ours(node: Node) -> None:
    for value in ("Signature", 'Signature keyId="', "Signature " + "a=" * 10_000, 'Signature keyId="é"', "signature " + "," * 500):
        assert send(Request("GET", "/ewp/echo", (("Host", HOST), ("Authorization", value)))).status_code in {400, 401}


def test_a_signature_for_another_algorithm_only_is_no_wish_for_ours(node: Node) -> None:
    message = a_request(node, "echo", [], "GET", wants=False)
    for wish, is_signed in (("hmac-sha256", False), ("hmac-sha256, rsa-sha256", True)):
        answer = send(also(message, node.partner, ("Accept-Signature", wish), names=(*SIGNED, "accept-signature")))
        assert (answer.status_code, "Signature" in answer) == (200, is_signed)


def test_a_signed_answer_covers_its_date_digest_and_what_it_answers(node: Node) -> None:
    message = a_request(node, "echo", [("echo", "a")], "GET", wants=True)
    answer = send(message)
    assert not answer["Signature"].startswith("Signature ")
    assert set(re.findall(r'headers="([^"]*)"', answer["Signature"])[0].split()) >= {
        "original-date",
        "digest",
        "x-request-id",
        "x-request-signature",
    }
    assert answer["X-Request-Signature"] == signature_of(message)
    keys = {node.server_key.key_id: bytes(node.server_key.public_der)}
    with pytest.raises(SignatureRefused):
        verify_answer(
            replace(answer_of(answer), body=answer.content + b" "),
            key_of=keys.get,
            now=timezone.now(),
            request_id=header(message, "x-request-id"),
            request_signature=signature_of(message),
        )


def test_a_key_of_two_institutions_speaks_for_none(node: Node) -> None:
    both = (node.partner.manifest(), replace(node.stranger.manifest(), client_keys=(node.partner.client_key.public_der,)))
    keep_catalogue(
        body=render_catalogue(catalogue_of(both)), source="test", etag="", institutions=2, actor=system("test"), now=timezone.now()
    )
    _, answer = ask(node, "iias/index", [])
    assert answer.status_code == 403
    assert "more than one institution" in parse_error_response(answer.content).value.developer_message
    assert parse_echo(ask(node, "echo", [])[1].content).value.hei_ids == ("partner.example.org", "stranger.example.org")


def test_a_key_that_left_the_catalogue_is_forbidden_at_once(node: Node) -> None:
    keep_catalogue(body=a_catalogue(node.stranger), source="test", etag="", institutions=1, actor=system("test"), now=timezone.now())
    assert ask(node, "echo", [])[1].status_code == 403


@pytest.mark.parametrize(("path", "pairs", "method"), CASES, ids=lambda value: value if isinstance(value, str) else "")
def test_documents_have_no_prefix_where_partners_read_without_namespaces(node: Node, path: str, pairs, method: str) -> None:
    _, answer = ask(node, path, pairs, method)
    root = re.search(rb"<([A-Za-z:-]+)[ />]", answer.content.partition(b"?>")[2])
    assert root is not None
    assert b":" not in root[1]
    assert not re.search(rb"<ns[0-9]+:", answer.content)


def test_exactly_the_most_ids_are_answered_and_one_more_is_not(node: Node) -> None:
    science = ("ounit_id", "science")
    assert [unit.ounit_id for unit in parse_ounits(ask(node, "organizational-units", [HOME, *[science] * 50])[1].content).value] == [
        "science"
    ]
    assert ask(node, "organizational-units", [HOME, *[("ounit_id", f"no-{number}") for number in range(51)]])[1].status_code == 400
    assert ask(node, "organizational-units", [HOME, *[("ounit_code", "science")] * 51])[1].status_code == 400
    for path, name in (("iias/get", "iia_id"), ("iias-approval", "iia_id"), ("institutions", "hei_id"), ("factsheet", "hei_id")):
        assert [ask(node, path, [(name, "unknown")] * number)[1].status_code for number in (1, 2)] == [200, 400]


def test_ids_are_case_sensitive(node: Node) -> None:
    assert parse_iias_get(ask(node, "iias/get", [("iia_id", node.iia_id.upper())])[1].content).value == ()
    assert parse_institutions(ask(node, "institutions", [("hei_id", "HOME.example.org")])[1].content).value == ()
    assert parse_ounits(ask(node, "organizational-units", [HOME, ("ounit_id", "SCIENCE")])[1].content).value == ()


def test_parameters_that_nobody_knows_are_ignored(node: Node) -> None:
    for path, pairs, methods in ASKED:
        assert ask(node, path, [*pairs, ("nobody", "knows"), ("nobody", "this")], methods[0])[1].status_code == 200


def test_a_post_ignores_what_its_address_says(node: Node) -> None:
    message = node.partner.request("POST", f"iias/get?iia_id={node.iia_id}", [("iia_id", "unknown")], now=timezone.now())
    assert parse_iias_get(send(message).content).value == ()
    assert send(node.partner.request("POST", f"iias/get?iia_id={node.iia_id}", [], now=timezone.now())).status_code == 400


def test_echo_may_be_empty_and_keeps_every_character(node: Node) -> None:
    for values in ([], [""], ["é €  x", "<&>", "a+b", "%2B"]):
        for method in ("GET", "POST"):
            said = parse_echo(ask(node, "echo", [("echo", each) for each in values], method)[1].content).value
            assert said.echoes == tuple(values)


@pytest.mark.parametrize(
    ("value", "status", "is_there"),
    [
        ("2019-02-12T15:19:21+01:00", 200, True),
        ("2019-02-12T15:19:21Z", 200, True),
        ("2019-02-12T15:19:21.123456Z", 200, True),
        ("2019-02-12T15:19:21 01:00", 200, True),  # a plus that a client forgot to encode
        ("2046-02-12T15:19:21+01:00", 200, False),
        ("2019-02-12T15:19:21", 400, False),
        ("2019-02-12", 400, False),
        ("05/29/2015 05:50", 400, False),
        ("2019-02-30T15:19:21Z", 400, False),
        ("now", 400, False),
        ("", 400, False),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_modified_since_is_a_moment_with_zone(node: Node, method: str, value: str, status: int, is_there: bool) -> None:
    _, answer = ask(node, "iias/index", [("modified_since", value)], method)
    assert answer.status_code == status
    if status == 200:
        assert parse_iias_index(answer.content).value == ((node.iia_id,) if is_there else ())


def test_the_root_unit_is_listed(node: Node) -> None:
    science = node.university.science
    science.kind = "institution"
    science.save()
    (home,) = parse_institutions(ask(node, "institutions", [HOME])[1].content).value
    assert home.root_ounit_id == "science"
    assert "science" in home.ounit_ids


def test_a_form_may_say_its_characters(node: Node) -> None:
    message = node.partner.request("POST", "echo", [("echo", "é")], now=timezone.now())
    changed = with_header(signed_anew(message, node.partner, SIGNED), "Content-Type", f"{FORM}; charset=UTF-8")
    assert parse_echo(send(changed).content).value.echoes == ("é",)
