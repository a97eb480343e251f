"""The catalogue comes from a file or over https, whole or not at all; the commands print what the registry needs."""

from __future__ import annotations

import datetime as dt
import ssl
import threading
from collections.abc import Iterator
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

from goliard.apps.network.models import CatalogueCopy, SigningKey
from goliard.cli import main
from goliard.ewp_codec.manifest import parse_manifest
from goliard.ewp_node.client.registry import RefreshFailed, refresh_catalogue
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
    """Serves one catalogue with an ETag, and a redirect beside it."""

    body = b""
    answers: list[int]

    def do_GET(self) -> None:
        status = 302 if self.path == "/moved" else 304 if self.headers.get("If-None-Match") == ETAG else 200
        self.answers.append(status)
        self.send_response(status)
        self.send_header("ETag", ETAG)
        self.send_header("Location", "/catalogue-v1.xml")
        self.send_header("Content-Length", str(len(self.body) if status == 200 else 0))
        self.end_headers()
        if status == 200:
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
    Registry.body, Registry.answers = a_catalogue(*partners), []
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
