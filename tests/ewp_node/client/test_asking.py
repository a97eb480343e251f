"""Asking a partner over HTTPS: what is sent, what is believed, and what is told of everything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.utils import timezone
from tests.ewp_node.client.conftest import trust
from tests.ewp_node.conftest import TEST, Node
from tests.ewp_node.partners import a_catalogue
from tests.fakes.ewp_partner import HTML, FakePartner

from goliard.apps.network.models import Exchange, SigningKey
from goliard.apps.network.services.catalogues import keep_catalogue
from goliard.ewp_codec.echo import parse_echo
from goliard.ewp_codec.error_response import ErrorResponse, render_error_response
from goliard.ewp_codec.signatures.requests import Request
from goliard.ewp_node.client import asking, wire
from goliard.ewp_node.client.asking import ask
from goliard.ewp_node.client.failures import AskingFailed, Broken, CannotAsk, NotServed, NotTrusted, RefusedByPartner, Unreachable
from goliard.ewp_node.client.wire import is_public, place_of

HEI = "partner.example.org"
LONG = 60.0  # seconds: nothing here takes that long, and nothing waits for it


def echo(*words: str, method: str = "GET", hei_id: str = HEI):
    return ask(hei_id=hei_id, api="echo", pairs=[("echo", word) for word in words], method=method)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_signed_request_gets_a_signed_answer(node: Node, fake: FakePartner, method: str) -> None:
    answer = echo("a", "b b", "é", method=method)
    assert parse_echo(answer.body).value.echoes == ("a", "b b", "é")
    assert answer.key_id == node.partner.server_key.key_id
    assert fake.asked == [(method, "/echo", {"echo": ("a", "b b", "é")})]
    row = Exchange.objects.get()
    assert (row.direction, row.endpoint, row.hei_id, row.status, row.asked, row.answer) == ("sent", "echo", HEI, 200, "echo×3", "")
    assert row.url == f"{method} {fake.base}/echo"
    assert row.skew is not None


def test_what_is_too_long_for_an_address_is_asked_by_form(node: Node, fake: FakePartner) -> None:
    word = "x" * 3000
    assert parse_echo(echo(word).body).value.echoes == (word,)
    assert fake.asked[0][0] == "POST"


def test_an_address_with_parameters_of_its_own_keeps_them(node: Node, fake: FakePartner) -> None:
    ask(hei_id=HEI, api="iias-approval", pairs=[("iia_id", "ours")])
    assert fake.asked == [("GET", "/approval", {"tenant": ("1",), "iia_id": ("ours",)})]
    assert fake.refused == []


# what the partner does, how we call it, whether asking again may help, what the log says
MISCHIEF = [
    ({"signs": False}, NotTrusted, True, "not signed"),
    ({"signs_with": "client"}, NotTrusted, True, "not in the catalogue for this use"),
    ({"skew": timedelta(minutes=9)}, NotTrusted, True, "five minutes"),
    ({"status": 500, "body": HTML}, Broken, True, "500 without an error-response"),
    ({"status": 503, "body": render_error_response(ErrorResponse("maintenance"))}, Broken, True, "503: maintenance"),
    ({"status": 429}, Broken, True, "429"),
    ({"status": 302, "redirects_to": "https://elsewhere.example.org/"}, Broken, True, "a redirect"),
    ({"status": 400, "body": render_error_response(ErrorResponse("no iia_id"))}, RefusedByPartner, False, "400: no iia_id"),
    ({"status": 403, "body": HTML}, RefusedByPartner, False, "403 without"),
    ({"hangs_up": True}, Unreachable, True, "127.0.0.1"),
]


@pytest.mark.parametrize(("mischief", "failure", "again", "told"), MISCHIEF, ids=[f"{each[1].__name__}-{each[3]}" for each in MISCHIEF])
def test_an_answer_that_does_not_count(node: Node, fake: FakePartner, mischief, failure, again: bool, told: str) -> None:
    for name, value in mischief.items():
        setattr(fake.mischief, name, node.partner.client_key if value == "client" else value)
    with pytest.raises(AskingFailed) as caught:
        echo("somebody")
    assert (type(caught.value), caught.value.is_worth_repeating) == (failure, again)
    row = Exchange.objects.get()
    assert told in row.message
    assert "admin@partner" not in row.answer
    assert len(fake.asked) == (0 if mischief.get("hangs_up") else 1)


def test_the_clock_of_the_partner_is_noticed(node: Node, fake: FakePartner) -> None:
    fake.mischief.skew = timedelta(minutes=3)
    skew = echo("a").skew
    assert skew is not None
    assert 60 < skew <= 180  # a slow machine makes it seem smaller
    assert Exchange.objects.get().skew == skew


def test_only_who_is_in_the_catalogue_is_asked(node: Node, fake: FakePartner) -> None:
    for hei_id, told in (("nobody.example.org", "not in the catalogue"), ("stranger.example.org", "does not serve echo")):
        with pytest.raises(NotServed, match=told):
            echo("a", hei_id=hei_id)
    assert fake.asked == []


def test_the_key_of_another_host_does_not_sign_for_this_one(node: Node, fake: FakePartner) -> None:
    fake.mischief.signs_with = node.stranger.server_key
    with pytest.raises(NotTrusted):
        echo("a")


def test_without_a_key_nothing_is_asked(node: Node, fake: FakePartner) -> None:
    SigningKey.objects.all().delete()
    with pytest.raises(CannotAsk, match="client key"):
        echo("a")


def test_an_answer_without_end_is_broken_off(node: Node, fake: FakePartner) -> None:
    fake.mischief.body = b"x" * (17 * 1024 * 1024)
    with pytest.raises(Unreachable, match="larger than"):
        echo("a")


def test_a_certificate_that_nobody_vouches_for_is_not_believed(node: Node, fake: FakePartner, settings) -> None:
    settings.GOLIARD_EWP_CA = ""
    with pytest.raises(Unreachable, match="certificate"):
        echo("a")


def test_our_own_house_is_not_called(node: Node, fake: FakePartner, settings) -> None:
    settings.GOLIARD_EWP_PRIVATE = False
    with pytest.raises(CannotAsk, match="no public address"):
        echo("a")
    fake.base = "https://localhost.localdomain.invalid"
    trust(fake, node)
    with pytest.raises(AskingFailed):
        echo("a")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.216.34", True), ("127.0.0.1", False), ("10.1.2.3", False), ("169.254.169.254", False), ("::1", False),
        ("fe80::1%eth0", False), ("::ffff:10.0.0.1", False),
        ("2a00:1450:400e:80c::200e", True), ("224.0.0.1", False), ("0.0.0.0", False), ("100.64.0.1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, expected: bool) -> None:
    assert is_public(address) is expected


def test_where_an_address_leads() -> None:
    place = place_of("https://Host.example.org:8443/a b/c?tenant=é&x=%20")
    assert (place.host_header, place.target) == ("host.example.org:8443", "/a%20b/c?tenant=%C3%A9&x=%20")
    assert place_of("https://host.example.org").target == "/"
    for bad in ("http://host.example.org/", "https://user:pass@host.example.org/", "https:///x", "ftp://x", "https://h:99999/"):
        with pytest.raises(CannotAsk):
            place_of(bad)


class Watch:
    """In place of a timer: it comes when an event does, or at once, and never by the clock."""

    def __init__(self, work: Callable[[], None], event: Event | None) -> None:
        self._work, self._event = work, event
        self.daemon = True

    def start(self) -> None:
        """Begin to wait."""
        if self._event is None:
            self._work()
        else:
            Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        assert self._event is not None
        if self._event.wait(LONG):
            self._work()

    def cancel(self) -> None:
        """Nothing to be done: it has come."""


def test_a_partner_that_says_nothing_for_too_long_is_given_up(node: Node, fake: FakePartner, monkeypatch: pytest.MonkeyPatch) -> None:
    """The time is over when the partner has the question and keeps silent."""
    has_it, release, answer = Event(), Event(), fake.answer

    def keep_silent(request: Request) -> tuple[int, bytes]:
        has_it.set()
        release.wait(LONG)
        return answer(request)

    monkeypatch.setattr(fake, "answer", keep_silent)
    monkeypatch.setattr(wire, "Timer", lambda _seconds, work: Watch(work, has_it))
    try:
        with pytest.raises(Unreachable, match="no answer within 60 seconds"):
            echo("a")
    finally:
        release.set()
    row = Exchange.objects.get()
    assert (row.status, "no answer within 60 seconds" in row.message) == (0, True)


def test_time_that_is_over_before_anybody_answers_the_call(node: Node, fake: FakePartner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "Timer", lambda _seconds, work: Watch(work, None))
    with pytest.raises(Unreachable, match="no answer within 60 seconds"):
        echo("a")
    assert fake.asked == []


def test_a_key_that_vanishes_while_the_partner_answers_does_not_count(
    node: Node, fake: FakePartner, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = asking.exchange

    def exchanged(*given: Any) -> wire.Heard:
        heard = exchange(*given)
        keep_catalogue(body=a_catalogue(node.stranger), source="test", etag="", institutions=1, actor=TEST, now=timezone.now())
        return heard

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(asking, "exchange", exchanged)
        with pytest.raises(NotTrusted, match="not signed as declared"):
            echo("a")
    with pytest.raises(NotServed):
        echo("a")
    trust(fake, node)
    assert echo("a").key_id == fake.partner.server_key.key_id
