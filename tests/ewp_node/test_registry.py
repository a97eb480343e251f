"""The catalogue comes from a file or over https, whole or not at all; the commands print what the registry needs."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from click.testing import CliRunner
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.utils import timezone
from tests.ewp_node.conftest import TEST, Node
from tests.ewp_node.partners import Partner, a_catalogue
from tests.factories.university import a_country

from goliard.apps.institutions.models import Organisation, OrganisationIdentifier
from goliard.apps.network.models import CatalogueCopy, Peer, SigningKey
from goliard.cli import main
from goliard.ewp_codec.manifest import parse_manifest
from goliard.ewp_node.client import registry as registry_client
from goliard.ewp_node.client.registry import RefreshFailed, refresh_catalogue
from goliard.ewp_node.client.working import refresh_when_old
from goliard.ewp_node.trust import catalogue

ETAG = '"one"'
NOBODY = b'<catalogue xmlns="https://github.com/erasmus-without-paper/ewp-specs-api-registry/tree/stable-v1"/>'


def refresh(source: object) -> CatalogueCopy:
    return refresh_catalogue(source=str(source), actor=TEST, now=timezone.now())


@pytest.mark.django_db
def test_a_file_is_read_and_a_bad_one_leaves_the_last_good_copy(partners: tuple[Partner, ...], tmp_path: Path) -> None:
    file = tmp_path / "catalogue.xml"
    file.write_bytes(a_catalogue(*partners))
    assert refresh(file).institutions == 3
    assert catalogue().heis_of_client_key(partners[0].client_key.key_id) == ("partner.example.org",)
    for bad in (b"<html>maintenance</html>", b"<!DOCTYPE catalogue><catalogue/>", NOBODY):
        file.write_bytes(bad)
        with pytest.raises(RefreshFailed):
            refresh(file)
    assert CatalogueCopy.objects.get().failure
    assert catalogue().heis_of_client_key(partners[0].client_key.key_id) == ("partner.example.org",)
    for source in (tmp_path / "absent.xml", "http://registry.example.org/catalogue-v1.xml"):
        with pytest.raises(RefreshFailed):
            refresh(source)


class Registry(BaseHTTPRequestHandler):
    """Serves one catalogue with an ETag, and a redirect beside it; `told` is what it says of the length of its answer."""

    body = b""
    etag = ETAG
    status = 200
    told: int | None = None
    answers: list[int]

    def do_GET(self) -> None:
        status = 302 if self.path == "/moved" else 304 if self.headers.get("If-None-Match") == self.etag else self.status
        self.answers.append(status)
        self.send_response(status)
        self.send_header("ETag", self.etag)
        self.send_header("Location", "/catalogue-v1.xml")
        self.send_header("Content-Length", str(0 if status in {302, 304} else self.told or len(self.body)))
        self.end_headers()
        if status not in {302, 304}:
            self.wfile.write(self.body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def registry(partners: tuple[Partner, ...], tmp_path: Path, settings) -> Iterator[str]:
    """A registry over https on the loopback, under a certificate that this test trusts."""
    certificate, key = tmp_path / "certificate.pem", tmp_path / "key.pem"
    private = partners[0].client_key.private
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder(name, name, private.public_key(), 1, now - dt.timedelta(hours=1), now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    certificate.write_bytes(built.public_bytes(Encoding.PEM))
    key.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    settings.GOLIARD_EWP_CA = str(certificate)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    Registry.body, Registry.etag, Registry.status, Registry.told, Registry.answers = a_catalogue(*partners), ETAG, 200, None, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.django_db
def test_the_registry_is_asked_whether_anything_changed(registry: str) -> None:
    first = refresh(f"{registry}/catalogue-v1.xml")
    again = refresh(f"{registry}/catalogue-v1.xml")
    assert (first.pk, first.etag, Registry.answers) == (again.pk, ETAG, [200, 304])
    assert again.checked_at > first.checked_at
    with pytest.raises(RefreshFailed):
        refresh(f"{registry}/moved")
    assert Registry.answers == [200, 304, 302]


# what the registry makes of its catalogue, with which status, and what the copy that still counts says of it
BAD: dict[str, tuple[Callable[[bytes], bytes], int, str]] = {
    "500": (lambda _good: b"<html>out of order</html>", 500, "the registry answers 500"),
    "503 with a catalogue": (lambda good: good, 503, "the registry answers 503"),
    "a web page": (lambda _good: b"<!DOCTYPE html><html><body>maintenance</body></html>", 200, "document type declaration"),
    "something else": (lambda _good: b"<html>maintenance</html>", 200, "expected <catalogue> in the registry's namespace"),
    "nobody": (lambda _good: NOBODY, 200, "names no host at all"),
    "nothing": (lambda _good: b"", 200, "no element found"),
    "half of it": (lambda good: good[: len(good) // 2], 200, "not well-formed XML"),
    "less than it promised": (lambda good: good[: len(good) // 2], 200, "not well-formed XML"),
    "more than anybody reads": (lambda good: good + b" " * 5000, 200, "larger than"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("what", BAD)
def test_a_registry_that_fails_leaves_the_last_good_copy(
    registry: str, partners: tuple[Partner, ...], what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, status, told = BAD[what]
    good = refresh(f"{registry}/catalogue-v1.xml")
    monkeypatch.setattr(registry_client, "CATALOGUE", replace(registry_client.CATALOGUE, bytes=len(Registry.body) + 1000))
    Registry.told = len(Registry.body) if what == "less than it promised" else None
    Registry.body, Registry.status, Registry.etag = change(Registry.body), status, '"two"'
    with pytest.raises(RefreshFailed):
        refresh(f"{registry}/catalogue-v1.xml")
    kept = CatalogueCopy.objects.get()
    assert (kept.pk, kept.sha256, kept.etag) == (good.pk, good.sha256, ETAG)
    assert told in kept.failure
    assert kept.failed_at is not None
    assert catalogue().heis_of_client_key(partners[0].client_key.key_id) == ("partner.example.org",)


@pytest.mark.django_db
def test_an_older_catalogue_counts_until_the_registry_says_otherwise(registry: str, partners: tuple[Partner, ...]) -> None:
    """Nothing in a catalogue tells its age: what the registry serves is what the network is, and the next look mends it."""
    newest = Registry.body
    known = [partner.client_key.key_id for partner in partners]
    for body, etag, expected in (
        (newest, '"b"', [True, True]),
        (a_catalogue(partners[0]), '"a"', [True, False]),
        (newest, '"b"', [True, True]),
    ):
        Registry.body, Registry.etag = body, etag
        refresh(f"{registry}/catalogue-v1.xml")
        assert [bool(catalogue().heis_of_client_key(key)) for key in known[:2]] == expected
    assert Registry.answers == [200, 200, 200]


@pytest.mark.django_db
def test_a_registry_that_is_not_there_is_told(registry: str) -> None:
    refresh(f"{registry}/catalogue-v1.xml")
    with pytest.raises(RefreshFailed, match=r"127\.0\.0\.1:1: "):
        refresh("https://127.0.0.1:1/catalogue-v1.xml")
    assert "127.0.0.1:1" in CatalogueCopy.objects.get().failure


@pytest.mark.django_db
def test_the_worker_asks_the_registry_every_quarter_of_an_hour(registry: str, settings) -> None:
    """Also where it fails: the copy that counts stays, and partners are compared with it."""
    settings.GOLIARD_EWP_URL = "https://exchange.home.example.org"
    settings.GOLIARD_EWP_CATALOGUE = f"{registry}/catalogue-v1.xml"
    begin = timezone.now()
    partner = Organisation.objects.create(key="p", kind="hei", name_en="P", name_nl="P", search_key="p", country=a_country())
    OrganisationIdentifier.objects.create(organisation=partner, scheme="hei-id", value="partner.example.org")
    tried = []
    for minutes in (0, 1, 14, 15, 29, 30, 31, 45, 46, 60):
        Registry.status = 500 if minutes == 30 else 200
        Registry.etag = '"new"' if minutes >= 30 else ETAG
        if refresh_when_old(begin + timedelta(minutes=minutes)):
            tried.append((minutes, Registry.answers[-1]))
    assert tried == [(0, 200), (15, 304), (30, 500), (45, 200), (60, 304)]
    assert Peer.objects.get().hei_id == "partner.example.org"
    assert Peer.objects.get().is_in_catalogue
    assert CatalogueCopy.objects.get().failure == ""


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["ewp", *map(str, arguments)])
    return result.exit_code, result.output


def test_the_commands_show_keys_and_manifest(node: Node, schemas) -> None:
    status, listed = run("keys", "list")
    assert (status, [line.split()[:2] for line in listed.splitlines()]) == (
        0,
        [["client", node.client_key.key_id], ["server", node.server_key.key_id]],
    )
    assert run("keys", "create", "client")[0] == 1  # there is one
    status, rotated = run("keys", "rotate", "server", "--overlap", 2)
    new = SigningKey.objects.exclude(pk__in=[node.client_key.pk, node.server_key.pk]).get()
    assert (status, rotated.split()[:2]) == (0, ["server", new.key_id])
    status, printed = run("manifest")
    assert (status, schemas.faults(printed.encode())) == (0, ())
    assert parse_manifest(printed.encode()).value.server_keys == (bytes(node.server_key.public_der), bytes(new.public_der))


def test_the_commands_say_what_is_missing(node: Node, settings) -> None:
    for setting in ("GOLIARD_EWP_ADMIN", "GOLIARD_EWP_URL"):
        setattr(settings, setting, "")
        status, said = run("manifest")
        assert (status, setting in said) == (1, True)
    assert run("catalogue")[0] == 1
