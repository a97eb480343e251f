"""A request as it stood on the wire, from WSGI, and our reply as a response that nothing on the way should touch."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http.client import responses
from typing import Any
from urllib.parse import quote

from goliard.ewp_codec.signatures.answers import Answer
from goliard.ewp_codec.signatures.requests import Request
from goliard.ewp_node.host.inquiries import Reply

Environ = dict[str, Any]
StartResponse = Callable[..., Any]

#: Larger than any request of this network: ids and moments in a form.
MOST_BYTES = 1024 * 1024


class TooLarge(ValueError):
    """The body is larger than any request of this network."""


def heard(environ: Environ) -> Request:
    """Return the request as it was sent. Raises TooLarge before the body is read.

    Our paths need no percent-encoding, so that the decoded path of WSGI gives back what was sent; the query string comes undecoded.
    """
    told = environ.get("CONTENT_LENGTH") or "0"
    length = int(told) if told.isdecimal() else 0
    if length > MOST_BYTES:
        raise TooLarge(f"the body is larger than {MOST_BYTES} bytes")
    path = quote(f"{environ.get('SCRIPT_NAME', '')}{environ['PATH_INFO']}", encoding="latin-1")
    query = environ.get("QUERY_STRING", "")
    body = environ["wsgi.input"].read(length) if length else b""
    return Request(environ["REQUEST_METHOD"].upper(), f"{path}?{query}" if query else path, _headers(environ), body)


def _headers(environ: Environ) -> tuple[tuple[str, str], ...]:
    named = [(name[5:], value) for name, value in environ.items() if name.startswith("HTTP_")]
    named += [(name, environ[name]) for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if environ.get(name)]
    return tuple((name.replace("_", "-").lower(), _as_sent(value)) for name, value in named)


def _as_sent(value: str) -> str:
    """WSGI hands over bytes as Latin-1; signatures are taken over the bytes."""
    return value if value.isascii() else value.encode("latin-1", "replace").decode("utf-8", "surrogateescape")


def respond(reply: Reply, signed: Answer, start_response: StartResponse) -> Iterable[bytes]:
    """Send the reply. `no-transform` asks proxies not to compress what carries a digest."""
    headers = [
        ("Content-Type", reply.content_type),
        ("Content-Length", str(len(reply.body))),
        ("Cache-Control", "no-store, no-transform"),
        *reply.headers.items(),
        *signed.headers,
    ]
    start_response(f"{reply.status} {responses.get(reply.status, 'Unknown')}", headers)
    return [reply.body]
