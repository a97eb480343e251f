"""The registry of a network on one machine: it reads the manifests of its universities over HTTPS and serves one catalogue."""

from __future__ import annotations

import hashlib
import ssl
import sys
import threading
import time
import urllib.request
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import click

from goliard.cli.network.authority import ADDRESS, LocalTls
from goliard.ewp_codec.catalogue import catalogue_of
from goliard.ewp_codec.catalogue_documents import render_catalogue
from goliard.ewp_codec.documents import RefusedDocument
from goliard.ewp_codec.manifest import Manifest, parse_manifest

PATH = "/catalogue-v1.xml"
FRESH = 5.0  # seconds for which a manifest that was read counts


class Registry:
    """Reads manifests when it is asked, at most every few seconds; one that cannot be read keeps its last good copy."""

    def __init__(self, manifests: Sequence[str], tls: LocalTls) -> None:
        self._addresses = tuple(manifests)
        self._context = ssl.create_default_context(cafile=str(tls.authority))
        self._lock = threading.Lock()
        self._good: dict[str, Manifest] = {}
        self._read_at = float("-inf")

    def catalogue(self) -> bytes:
        """Return the catalogue of today."""
        with self._lock:
            if time.monotonic() - self._read_at > FRESH:
                for address in self._addresses:
                    self._read(address)
                self._read_at = time.monotonic()
            return render_catalogue(catalogue_of(self._good[each] for each in self._addresses if each in self._good))

    def _read(self, address: str) -> None:
        try:
            with urllib.request.urlopen(address, timeout=10, context=self._context) as answer:  # noqa: S310 -- https of this machine
                self._good[address] = parse_manifest(answer.read()).value
        except (OSError, RefusedDocument) as failure:
            if address not in self._good:
                click.echo(f"registry: {address}: {failure}", err=True)

    @property
    def known(self) -> int:
        """How many universities the catalogue names."""
        return len(self._good)


class _Handler(BaseHTTPRequestHandler):
    registry: Registry
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the catalogue, with 304 to whoever has it, and with 404 to everything else."""
        if self.path != PATH:
            self._answer(404, b"The catalogue stands at " + PATH.encode(), {"Content-Type": "text/plain"})
            return
        body = self.registry.catalogue()
        etag = f'"{hashlib.sha256(body).hexdigest()}"'
        if etag in self.headers.get("If-None-Match", ""):
            self._answer(304, b"", {"ETag": etag})
        else:
            self._answer(200, body, {"ETag": etag, "Content-Type": "text/xml; charset=UTF-8"})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body)), "Cache-Control": "max-age=60"}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: what is asked is what the universities log."""


def serve_registry(registry: Registry, port: int, tls: LocalTls) -> ThreadingHTTPServer:
    """Serve the catalogue from a thread of this process until `shutdown` is called."""
    handler = type("Handler", (_Handler,), {"registry": registry})
    return serve_tls(handler, port, tls)


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a client that hangs up, as every browser does that does not know our certificate yet."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


def serve_tls(handler: type[BaseHTTPRequestHandler], port: int, tls: LocalTls) -> ThreadingHTTPServer:
    """Serve over TLS on this machine from threads; the handshake is made in the thread of each connection."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tls.certificate, tls.key)
    server = _Server((ADDRESS, port), handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.2}, name=f"port {port}", daemon=True).start()
    return server
