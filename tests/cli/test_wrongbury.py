"""Wrongbury's page: its faults are switched on and off in both languages, and everything it shows is said in them."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest

from goliard.cli.network.authority import ADDRESS, local_tls
from goliard.cli.network.wrongbury.copies import Mirror
from goliard.cli.network.wrongbury.door import serve_wrongbury
from goliard.cli.network.wrongbury.mischief import Mischief
from goliard.cli.network.wrongbury.node import Wrongbury
from goliard.cli.network.wrongbury.page import page
from goliard.ewp_codec.catalogue import Catalogue


@dataclass
class Door:
    """The page over HTTPS, as a browser asks for it."""

    node: Wrongbury
    port: int
    trust: ssl.SSLContext

    def ask(self, method: str, path: str, pairs: list[tuple[str, str]] | None = None, **headers: str) -> tuple[int, str, str]:
        connection = http.client.HTTPSConnection(ADDRESS, self.port, timeout=60, context=self.trust)
        try:
            connection.request(method, path, urlencode(pairs) if pairs is not None else None, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location") or answer.getheader("Content-Type") or "", answer.read().decode()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("wrongbury")
    tls = local_tls(folder / "tls", datetime.now(UTC))
    trust = ssl.create_default_context(cafile=str(tls.authority))
    node = Wrongbury(folder / "data", "https://wrongbury.example.org", Catalogue, trust)
    server = serve_wrongbury(node, 0, tls)
    yield Door(node, server.server_port, trust)
    node.stop()
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("language", "path"), [("nl-NL,nl;q=0.9,en;q=0.8", "/nl/"), ("en", "/en/"), ("fr, nl;q=0.5", "/nl/"), ("fr", "/en/"), ("", "/en/")]
)
def test_the_browser_says_in_which_language(door: Door, language: str, path: str) -> None:
    assert door.ask("GET", "/", **{"Accept-Language": language})[:2] == (303, path)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_fault_can_be_switched_on_and_tells_what_to_look_for(door: Door, language: str) -> None:
    status, kind, shown = door.ask("GET", f"/{language}/")
    assert (status, kind, f'<html lang="{language}">' in shown) == (200, "text/html; charset=UTF-8", True)
    for fault in Mischief:
        assert shown.count(f'value="{fault.word}"') == 1
        assert fault.does.in_language(language) in shown
        assert fault.seen.in_language(language).replace("’", "’") in shown
    assert "style=" not in shown


@pytest.mark.parametrize("fault", Mischief, ids=lambda fault: fault.word)
def test_faults_are_switched_on_and_off(door: Door, fault: Mischief) -> None:
    assert door.ask("POST", "/nl/", [("fault", fault.word), ("fault", "unknown")])[:2] == (303, "/nl/")
    assert door.node.faults == {fault}
    shown = door.ask("GET", "/nl/")[2]
    assert "Zo misdraagt Wrongbury zich nu:" in shown
    assert shown.count(" checked") == 1
    assert door.ask("POST", "/en/", [])[:2] == (303, "/en/")
    assert door.node.faults == frozenset()
    assert "Wrongbury behaves well now." in door.ask("GET", "/en/")[2]


def test_another_site_switches_nothing(door: Door) -> None:
    assert door.ask("POST", "/en/", [("fault", "slow")], Origin="https://elsewhere.example.org")[0] == 403
    assert door.node.faults == frozenset()


def test_it_looks_like_the_house(door: Door) -> None:
    shown = door.ask("GET", "/en/")[2]
    for style in ("/goliard.css", "/wrongbury.css"):
        assert f'href="{style}"' in shown
        assert door.ask("GET", style)[:2] == (200, "text/css; charset=UTF-8")


def test_what_waits_and_what_it_has_are_told(door: Door) -> None:
    door.node.waiting = [("iia-cnr", "northmere.example.org", "<b>1</b>")]
    mirror = Mirror("own-1", "northmere.example.org", "their-1", "<iia/>", "a" * 64)
    door.node.copies._mirrors = {"own-1": mirror, "own-2": Mirror("own-2", "southhaven.example.org", "their-2", "<iia/>")}
    try:
        shown = page(door.node, "nl")
        for words in ("&lt;b&gt;1&lt;/b&gt;", "Verstuur wat wacht", "own-1", "their-1", f"{'a' * 12}…", "nog niet"):
            assert words in shown
    finally:
        door.node.waiting, door.node.copies._mirrors = [], {}
