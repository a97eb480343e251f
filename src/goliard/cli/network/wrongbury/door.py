"""Wrongbury over HTTPS: its endpoints, and a page on which its faults are switched on and off."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from goliard.cli.network.authority import LocalTls
from goliard.cli.network.registry import serve_tls
from goliard.cli.network.wrongbury.mischief import named
from goliard.cli.network.wrongbury.node import Wrongbury
from goliard.cli.network.wrongbury.page import LANGUAGES, STYLES, page
from goliard.ewp_codec.request_parameters import BadParameters, parse_parameters
from goliard.ewp_codec.signatures.requests import Request

MOST_BYTES = 1024 * 1024
PAGES = {f"/{language}/": language for language in LANGUAGES}
POLICY = ("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'")


class _Door(BaseHTTPRequestHandler):
    node: Wrongbury
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer the page, the manifest or an endpoint."""
        if self.path == "/":
            self._send(303, b"", "text/plain", ("Location", self._preferred()), ("Vary", "Accept-Language"))
        elif self.path in PAGES:
            self._send(200, page(self.node, PAGES[self.path]).encode(), "text/html; charset=UTF-8", POLICY)
        elif self.path in STYLES:
            self._send(200, STYLES[self.path].read_bytes(), "text/css; charset=UTF-8")
        elif self.path == "/manifest.xml":
            self._send(200, self.node.manifest(), "text/xml; charset=UTF-8")
        else:
            self._network(b"")

    def do_POST(self) -> None:
        """Take the page's form, or a request of the network."""
        length = self.headers.get("Content-Length") or "0"
        if not length.isdigit() or int(length) > MOST_BYTES:
            self.close_connection = True
            self._send(413, b"too large", "text/plain")
            return
        body = self.rfile.read(int(length))
        if self.path in PAGES:
            self._switch(body)
        else:
            self._network(body)

    def _switch(self, body: bytes) -> None:
        if self.headers.get("Origin", self.node.address) != self.node.address:
            self._send(403, b"another site", "text/plain")
            return
        try:
            given = parse_parameters(body)
        except BadParameters as refused:
            self._send(400, str(refused).encode(), "text/plain")
            return
        if given.repeated("send"):
            self.node.send_waiting()
        else:
            self.node.faults = named(list(given.repeated("fault")))
        self._send(303, b"", "text/plain", ("Location", self.path))

    def _preferred(self) -> str:
        """The page in the language that the browser names first among those that there are."""
        wished = (each.strip()[:2].lower() for each in self.headers.get("Accept-Language", "").split(","))
        return f"/{next((each for each in wished if each in LANGUAGES), 'en')}/"

    def _network(self, body: bytes) -> None:
        said, signed = self.node.answer(Request(self.command, self.path, tuple(self.headers.items()), body))
        self._send(said.status, said.body, said.content_type, *signed.headers)

    def _send(self, status: int, body: bytes, content_type: str, *headers: tuple[str, str]) -> None:
        self.send_response_only(status)
        for name, value in (*headers, ("Content-Type", content_type), ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the page says it."""


def serve_wrongbury(node: Wrongbury, port: int, tls: LocalTls) -> ThreadingHTTPServer:
    """Serve the node from threads of this process until `shutdown` is called."""
    return serve_tls(type("Door", (_Door,), {"node": node}), port, tls)
