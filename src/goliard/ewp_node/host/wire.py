"""Django's request as it stood on the wire, and our reply as an HTTP response that nothing on the way should touch."""

from __future__ import annotations

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from goliard.ewp_codec.signatures.answers import Answer
from goliard.ewp_codec.signatures.requests import Request
from goliard.ewp_node.host.inquiries import Reply

#: Larger than any request of this network: ids and moments in a form.
MOST_BYTES = 1024 * 1024


class TooLarge(ValueError):
    """The body is larger than any request of this network."""


def heard(request: HttpRequest) -> Request:
    """Return the request as it was sent. Raises TooLarge before the body is read.

    Our paths need no percent-encoding, so that the decoded path of WSGI gives back what was sent; the query string comes undecoded.
    """
    length = request.META.get("CONTENT_LENGTH") or "0"
    if length.isdigit() and int(length) > MOST_BYTES:
        raise TooLarge(f"the body is larger than {MOST_BYTES} bytes")
    query = request.META.get("QUERY_STRING", "")
    target = quote(request.path) + (f"?{query}" if query else "")
    return Request(str(request.method), target, tuple(_headers(request)), request.body)


def _headers(request: HttpRequest) -> list[tuple[str, str]]:
    named = [(name[5:], value) for name, value in request.META.items() if name.startswith("HTTP_")]
    named += [(name, request.META[name]) for name in ("CONTENT_TYPE", "CONTENT_LENGTH") if request.META.get(name)]
    return [(name.replace("_", "-").lower(), _as_sent(str(value))) for name, value in named]


def _as_sent(value: str) -> str:
    """WSGI hands over bytes as Latin-1; signatures are taken over the bytes."""
    return value.encode("latin-1", "replace").decode("utf-8", "surrogateescape")


def response(reply: Reply, signed: Answer) -> HttpResponse:
    """Return the response. `no-transform` asks proxies not to compress what carries a digest."""
    made = HttpResponse(reply.body, status=reply.status, content_type=reply.content_type)
    made["Content-Length"] = str(len(reply.body))
    made["Cache-Control"] = "no-store, no-transform"
    for name, value in (*reply.headers.items(), *signed.headers):
        made[name] = value
    return made
