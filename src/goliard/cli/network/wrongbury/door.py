"""Wrongbury over HTTPS: its endpoints, and a page on which its faults are switched on and off."""

from __future__ import annotations

from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from goliard.cli.network.authority import LocalTls
from goliard.cli.network.registry import serve_tls
from goliard.cli.network.wrongbury.mischief import Mischief, named
from goliard.cli.network.wrongbury.node import NAME, Wrongbury
from goliard.ewp_codec.request_parameters import BadParameters, parse_parameters
from goliard.ewp_codec.signatures.requests import Request

MOST_BYTES = 1024 * 1024
STYLE = "body{font:16px/1.5 system-ui,sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}label{display:block}pre{overflow:auto}"


class _Door(BaseHTTPRequestHandler):
    node: Wrongbury
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer the page, the manifest or an endpoint."""
        if self.path == "/":
            self._send(200, page(self.node).encode(), "text/html; charset=UTF-8")
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
        if self.path == "/":
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
        self._send(303, b"", "text/plain", ("Location", "/"))

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


def page(node: Wrongbury) -> str:
    """Return the page: faults, copies, and what was said."""
    faults = "".join(_box(each, is_on=each in node.faults) for each in Mischief)
    copies = "".join(
        f"<tr><td>{escape(each.hei_id)}</td><td>{escape(each.own_id)}</td><td>{escape(each.their_id)}</td>"
        f"<td>{escape(each.approved[:12]) or 'no'}</td></tr>"
        for each in node.copies.all()
    )
    said = escape("\n".join(node.told))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{NAME}</title><style>{STYLE}</style></head><body><h1>{NAME}</h1>"
        "<p>An invented partner that answers by itself: it repeats every agreement that it is offered, and approves it once both"
        " copies name each other. Switch on what it should do wrong.</p>"
        f'<form method="post">{faults}<p><button>Misbehave like this</button></p></form>'
        f'<form method="post"><button name="send" value="1">Send what waits ({len(node.waiting)})</button></form>'
        "<h2>Copies</h2><table><tr><th>Partner</th><th>Own id</th><th>Partner’s id</th><th>Approved</th></tr>"
        f"{copies}</table><h2>What was said</h2><pre>{said}</pre></body></html>"
    )


def _box(fault: Mischief, *, is_on: bool) -> str:
    checked = " checked" if is_on else ""
    return f'<label><input type="checkbox" name="fault" value="{fault.word}"{checked}> {escape(fault.does)}</label>'
