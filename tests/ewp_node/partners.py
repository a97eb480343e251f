"""A partner on the same codec: it signs requests, and reads and checks our answers."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes
from wsgiref.util import setup_testing_defaults

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse

from goliard.ewp_codec.catalogue import catalogue_of
from goliard.ewp_codec.catalogue_documents import render_catalogue
from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.manifest import Manifest
from goliard.ewp_codec.registered_heis import RegisteredHei
from goliard.ewp_codec.request_parameters import render_parameters
from goliard.ewp_codec.signatures.answers import Answer
from goliard.ewp_codec.signatures.requests import Request, sign_request
from goliard.ewp_node.host.entrance import NetworkEntrance

HOST = "exchange.home.example.org"
FORM = "application/x-www-form-urlencoded"
PAGES = WSGIHandler()


def a_key() -> SigningKey:
    return SigningKey(generate_private_key(public_exponent=65537, key_size=2048))


@dataclass(frozen=True)
class Partner:
    """Another institution with a client and a server key."""

    hei_id: str
    client_key: SigningKey = field(default_factory=a_key)
    server_key: SigningKey = field(default_factory=a_key)

    def manifest(self) -> Manifest:
        return Manifest(
            admin_emails=(f"ewp@{self.hei_id}",),
            admin_provider="Test",
            hei=RegisteredHei(self.hei_id, (LocalizedText(self.hei_id, "en"),)),
            client_keys=(self.client_key.public_der,),
            server_keys=(self.server_key.public_der,),
        )

    def request(
        self,
        method: str,
        path: str,
        pairs: list[tuple[str, str]],
        *,
        now: dt.datetime,
        host: str = HOST,
        key: SigningKey | None = None,
        wants_signature: bool = True,
    ) -> Request:
        """A signed request for one of our endpoints."""
        encoded = render_parameters(pairs)
        query = f"?{encoded.decode()}" if method == "GET" and encoded else ""
        headers = (("Host", host), *([("Content-Type", FORM)] if method == "POST" else []))
        message = Request(method, f"/ewp/{path}{query}", headers, encoded if method == "POST" else b"")
        signing = key or self.client_key
        return sign_request(message, key=signing, request_id=str(uuid.uuid4()), now=now, want_signed_answer=wants_signature)


def a_catalogue(*partners: Partner) -> bytes:
    return render_catalogue(catalogue_of(partner.manifest() for partner in partners))


def send(message: Request, entrance: NetworkEntrance | None = None, **environ: str) -> HttpResponse:
    """Send a request as a server hands it over: raw headers, raw body, decoded path, raw query string."""
    path, _, query = message.target.partition("?")
    headers = {_environ_name(name): value.encode().decode("latin-1") for name, value in message.headers}
    given = {
        "REQUEST_METHOD": message.method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_LENGTH": str(len(message.body)),
        "wsgi.input": io.BytesIO(message.body),
    }
    return _heard(entrance or NetworkEntrance(PAGES), {**headers, **given, **environ})


def get(path: str) -> HttpResponse:
    """Ask as somebody who knows nothing of the network."""
    return _heard(NetworkEntrance(PAGES), {"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_HOST": HOST})


def _heard(entrance: NetworkEntrance, environ: dict[str, Any]) -> HttpResponse:
    told: list[tuple[str, list[tuple[str, str]]]] = []
    setup_testing_defaults(environ)
    body = b"".join(entrance(environ, lambda *given: told.append(given)))
    ((status, headers),) = told
    return HttpResponse(body, status=int(status[:3]), headers=dict(headers))


def answer_of(response: HttpResponse) -> Answer:
    return Answer(tuple(response.headers.items()), response.content)


def header(message: Request, name: str) -> str:
    return next(value for each, value in message.headers if each.lower() == name.lower())


def signature_of(message: Request) -> str:
    return header(message, "authorization").partition('signature="')[2].rstrip('"')


def _environ_name(name: str) -> str:
    bare = name.upper().replace("-", "_")
    return bare if bare in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{bare}"
