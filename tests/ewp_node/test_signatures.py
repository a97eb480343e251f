"""Who is let in: one thing wrong at a time."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.ewp_node.conftest import TEST, Node
from tests.ewp_node.partners import HOST, PAGES, Partner, a_catalogue, a_key, send

from goliard.apps.network.models import CatalogueCopy, Exchange
from goliard.apps.network.services.catalogues import keep_catalogue
from goliard.ewp_codec.error_response import parse_error_response
from goliard.ewp_codec.signatures.header_lists import HeaderList
from goliard.ewp_codec.signatures.messages import sign
from goliard.ewp_codec.signatures.requests import Request
from goliard.ewp_node import trust
from goliard.ewp_node.host.entrance import NetworkEntrance

PATHS = (
    ("echo", "GET"),
    ("institutions", "POST"),
    ("organizational-units", "GET"),
    ("factsheet", "GET"),
    ("iias/get", "POST"),
    ("iias/index", "GET"),
    ("iias/stats", "GET"),
    ("iias-approval", "GET"),
    ("iia-cnr", "POST"),
    ("iia-approval-cnr", "POST"),
    ("file", "GET"),
)
SIGNED = ("(request-target)", "host", "original-date", "digest", "x-request-id")


def signed_anew(message: Request, partner: Partner, names: tuple[str, ...]) -> Request:
    """The same request with a signature over these headers only."""
    bare = tuple(pair for pair in message.headers if pair[0] != "Authorization")
    parameters = sign(partner.client_key, names, HeaderList(bare), message.request_target)
    return replace(message, headers=(*bare, ("Authorization", f"Signature {parameters}")))


def with_header(message: Request, name: str, value: str) -> Request:
    return replace(message, headers=tuple((each, value if each == name else old) for each, old in message.headers))


def a_request(node: Node, method: str = "GET", path: str = "echo", **options) -> Request:
    return node.partner.request(method, path, [("echo", "a")], now=timezone.now(), **options)


@pytest.mark.parametrize(("path", "method"), PATHS)
def test_unsigned_requests_are_asked_to_sign(node: Node, schemas, path: str, method: str) -> None:
    message = a_request(node, method, path)
    answer = send(replace(message, headers=tuple(pair for pair in message.headers if pair[0] != "Authorization")))
    assert (answer.status_code, schemas.faults(answer.content)) == (401, ())
    assert answer["WWW-Authenticate"].startswith('Signature realm="EWP"')
    assert answer["Want-Digest"] == "SHA-256"


@pytest.mark.parametrize("missing", SIGNED)
@pytest.mark.parametrize(("path", "method"), PATHS)
def test_every_required_header_must_be_signed(node: Node, path: str, method: str, missing: str) -> None:
    names = tuple(name for name in SIGNED if name != missing)
    answer = send(signed_anew(a_request(node, method, path), node.partner, names))
    assert answer.status_code == 400
    assert "does not cover" in parse_error_response(answer.content).value.developer_message


@pytest.mark.parametrize(("path", "method"), PATHS)
def test_unknown_keys_and_server_keys_are_forbidden(node: Node, schemas, path: str, method: str) -> None:
    for key in (a_key(), node.partner.server_key):
        answer = send(a_request(node, method, path, key=key))
        assert (answer.status_code, schemas.faults(answer.content)) == (403, ())
        assert "Signature" in answer


WRONG: dict[str, tuple[Callable[[Request, Node], Request], int]] = {
    "another body": (lambda message, node: replace(message, body=b"echo=b"), 400),
    "another target": (lambda message, node: replace(message, target="/ewp/echo?echo=b"), 400),
    "a digest by an old algorithm only": (lambda message, node: with_header(message, "Digest", "SHA=AAAA"), 400),
    "a request id in capitals": (
        lambda message, node: signed_anew(
            with_header(message, "X-Request-Id", "8E3C6F0E-6B5D-4A3A-9A64-0B1C9C3F9B11"), node.partner, SIGNED
        ),
        400,
    ),
    "a date that is none": (
        lambda message, node: signed_anew(with_header(message, "Original-Date", "3 Jun 2025"), node.partner, SIGNED),
        400,
    ),
    "a signature that is not that key's": (
        lambda message, node: with_header(message, "Authorization", re.sub('signature="..', 'signature="AA', message.headers[-1][1])),
        400,
    ),
    "another scheme": (lambda message, node: with_header(message, "Authorization", "Basic YTpi"), 401),
    "a signature without parameters": (lambda message, node: with_header(message, "Authorization", "Signature"), 400),
}


@pytest.mark.parametrize("what", WRONG)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_one_thing_wrong(node: Node, schemas, what: str, method: str) -> None:
    change, status = WRONG[what]
    answer = send(change(a_request(node, method), node))
    assert (answer.status_code, schemas.faults(answer.content)) == (status, ())


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_clock_that_is_wrong(node: Node, minutes: int) -> None:
    message = node.partner.request("GET", "echo", [], now=timezone.now() + timedelta(minutes=minutes))
    answer = send(message)
    assert answer.status_code == 400
    assert "five minutes" in parse_error_response(answer.content).value.developer_message


@pytest.mark.parametrize(
    ("host", "status"), [(f"{HOST}:8443", 200), (HOST.upper(), 200), ("other.example.org", 400), (f"{HOST}.evil.org", 400)]
)
def test_the_host_must_be_ours_whatever_its_port(node: Node, host: str, status: int) -> None:
    assert send(a_request(node, host=host)).status_code == status


def test_a_proxy_may_rewrite_the_date_and_wish_for_compression(node: Node) -> None:
    answer = send(a_request(node), HTTP_DATE="Mon, 01 Jan 2001 00:00:00 GMT", HTTP_ACCEPT_ENCODING="gzip", HTTP_ACCEPT_LANGUAGE="nl")
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer
    assert "Set-Cookie" not in answer


def test_a_slash_at_the_end_is_answered_and_not_redirected(node: Node) -> None:
    assert send(a_request(node, path="echo/")).status_code == 200


def test_a_body_that_is_too_large_is_not_read(node: Node) -> None:
    message = a_request(node, "POST")
    assert send(replace(message, body=b"echo=" + b"a" * (1024 * 1024))).status_code == 413


def test_plain_http_is_refused_where_the_site_is_https(node: Node, settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert send(a_request(node)).status_code == 403


def test_without_catalogue_nobody_is_known(node: Node) -> None:
    CatalogueCopy.objects.all().delete()
    assert send(a_request(node)).status_code == 403


def test_what_the_registry_takes_away_is_taken_away_within_a_second(node: Node) -> None:
    moments = [timezone.now()]
    entrance = NetworkEntrance(PAGES, clock=lambda: moments[-1])

    def status_after(seconds: float) -> int:
        moments.append(moments[0] + timedelta(seconds=seconds))
        return send(node.partner.request("GET", "echo", [], now=moments[-1]), entrance).status_code

    assert status_after(0) == 200
    keep_catalogue(body=a_catalogue(node.stranger), source="test", etag="", institutions=1, actor=TEST, now=moments[0])
    assert [status_after(seconds) for seconds in (0.5, 1, 1.5, -60)] == [200, 403, 403, 403]


def test_what_the_registry_adds_counts_at_once(node: Node) -> None:
    moment = timezone.now()
    entrance = NetworkEntrance(PAGES, clock=lambda: moment)
    newcomer = Partner("newcomer.example.org")
    asked = newcomer.request("GET", "echo", [], now=moment)
    assert send(asked, entrance).status_code == 403
    keep_catalogue(body=a_catalogue(newcomer), source="test", etag="", institutions=1, actor=TEST, now=moment)
    assert send(asked, entrance).status_code == 200


def test_a_catalogue_that_is_gone_before_it_was_read_is_asked_for_again(node: Node) -> None:
    moment = timezone.now()
    entrance = NetworkEntrance(PAGES, clock=lambda: moment)
    asked = node.partner.request("GET", "echo", [], now=moment)
    assert send(asked, entrance).status_code == 200
    trust._parsed.cache_clear()  # as in a process that was asked nothing since it started
    for partners in ((node.stranger,), (node.partner,), (node.stranger, node.partner)):  # two copies are kept: the one it stood by is gone
        keep_catalogue(body=a_catalogue(*partners), source="test", etag="", institutions=1, actor=TEST, now=moment)
    assert send(asked, entrance).status_code == 200


def test_exchanges_are_logged_without_what_was_said(node: Node) -> None:
    send(node.partner.request("GET", "echo", [("echo", "somebody@example.org")], now=timezone.now()))
    row = Exchange.objects.get()
    assert (row.endpoint, row.hei_id, row.status, row.asked) == ("echo", "partner.example.org", 200, "echo×1")
    assert row.key_id == node.partner.client_key.key_id
