"""`goliard ewp network`: one command, two offices and a registry over HTTPS, and nothing left when it stops."""

from __future__ import annotations

import os
import socket
import ssl
import urllib.error
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from tests.fakes.small_network import small_network

from goliard.cli.network.authority import local_tls
from goliard.cli.network.processes import free_ports
from goliard.ewp_codec.catalogue_documents import parse_catalogue
from goliard.ewp_codec.schemas import SchemaFolder

pytestmark = pytest.mark.skipif(os.environ.get("GOLIARD_TEST_DATABASE") == "postgresql", reason="each university has its own SQLite")


def read(url: str, context: ssl.SSLContext, **headers: str) -> tuple[int, bytes, str]:
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=60, context=context) as answer:
            return answer.status, answer.read(), answer.headers.get("ETag", "")
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read(), refused.headers.get("ETag", "")


def test_two_universities_and_a_registry_from_one_command(tmp_path: Path, shared: Path) -> None:
    with small_network(tmp_path, "--port", "9441") as network:
        status, body, etag = read(network.catalogue, network.trust)
        catalogue = parse_catalogue(body).value
        assert (status, SchemaFolder(shared / "ewp/schemas").faults(body)) == (200, ())
        assert [hei.hei_id for hei in catalogue.heis] == ["northmere.example.org", "southhaven.example.org", "wrongbury.example.org"]
        assert read(network.catalogue, network.trust, **{"If-None-Match": etag}) == (304, b"", etag)
        assert read(network.catalogue.replace("-v1", "-v2"), network.trust)[0] == 404
        names = [read(f"{office}/en/", network.trust)[1].decode() for office in network.offices]
        assert ["Northmere" in names[0], "Southhaven" in names[1]] == [True, True]
        assert "Takes half a minute" in read(f"{network.third}/", network.trust)[1].decode()
        assert (
            "Doet over elk antwoord een halve minuut"
            in read(f"{network.third}/", network.trust, **{"Accept-Language": "nl-NL,nl"})[1].decode()
        )
        assert len({urlsplit(address).port for address in (*network.offices, network.third, network.catalogue)}) == 4
        assert network.stop() == 0
        for address in (*network.offices, network.third, network.catalogue):
            with pytest.raises(urllib.error.URLError, match="refused"):
                read(address, network.trust)


def test_a_certificate_lasts_and_is_made_anew_before_it_ends(tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, tzinfo=UTC)
    first = local_tls(tmp_path, now).certificate.read_bytes()
    assert local_tls(tmp_path, now + timedelta(days=80)).certificate.read_bytes() == first
    assert local_tls(tmp_path, now + timedelta(days=84)).certificate.read_bytes() != first
    assert local_tls(tmp_path, now).key.stat().st_mode & 0o077 == 0


def test_a_taken_port_is_passed_over() -> None:
    (first,) = free_ports(1, 9600)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first))
        taken.listen()
        assert first not in free_ports(2, 9600)
