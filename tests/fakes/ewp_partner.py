"""Another university's node over HTTPS on the loopback, on the same codec as ours: it serves copies and approvals, keeps what it was
told, and misbehaves on request."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.ewp_node.partners import Partner
from tests.fakes.local_tls import LocalTls

from goliard.ewp_codec.api_entries import ApiEntry, current_api
from goliard.ewp_codec.catalogue import catalogue_of
from goliard.ewp_codec.catalogue_documents import render_catalogue
from goliard.ewp_codec.echo import Echo, render_echo
from goliard.ewp_codec.error_response import ErrorResponse, render_error_response
from goliard.ewp_codec.http_security import SIGNED
from goliard.ewp_codec.iias.agreement import Iia
from goliard.ewp_codec.iias.approvals import IiaApproval, render_iias_approval
from goliard.ewp_codec.iias.get_response import ReceivedIia, receive_iias_get
from goliard.ewp_codec.iias.index_response import render_iias_index
from goliard.ewp_codec.iias.notifications import IIA_APPROVAL_CNR_RESPONSE, IIA_CNR_RESPONSE
from goliard.ewp_codec.iias.publishing import join_iias_get, publish_iia
from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.manifest import Manifest, render_manifest
from goliard.ewp_codec.request_parameters import RequestParameters, parse_parameters
from goliard.ewp_codec.signatures.answers import Answer, sign_answer
from goliard.ewp_codec.signatures.refusals import SignatureRefused
from goliard.ewp_codec.signatures.requests import Request, verify_request

NOTIFICATIONS = {"/cnr": ("iia-cnr", IIA_CNR_RESPONSE), "/approval-cnr": ("iia-approval-cnr", IIA_APPROVAL_CNR_RESPONSE)}
HTML = b"<html><body>Bad gateway: write to admin@partner.example.org</body></html>"


@dataclass
class Mischief:
    """How the partner misbehaves: everything off at first."""

    status: int = 0
    body: bytes | None = None  # instead of any other
    signs: bool = True
    signs_with: SigningKey | None = None
    skew: dt.timedelta = dt.timedelta()
    redirects_to: str = ""
    hangs_up: bool = False


@dataclass
class FakePartner:
    """What the partner has, and what it was told: `told` holds (api, iia_id), `asked` (method, path, parameters)."""

    partner: Partner
    trusts: dict[str, bytes] = field(default_factory=dict)
    copies: dict[str, Iia] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)  # an `<iia>` instead of a copy
    approvals: dict[str, str] = field(default_factory=dict)
    told: list[tuple[str, str]] = field(default_factory=list)
    asked: list[tuple[str, str, dict[str, tuple[str, ...]]]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    mischief: Mischief = field(default_factory=Mischief)
    files: dict[str, bytes] = field(default_factory=dict)
    max_iias: int = 2
    base: str = ""

    def apis(self) -> tuple[ApiEntry, ...]:
        most = ("max-iia-ids", str(self.max_iias))
        return (
            current_api("echo", (("url", f"{self.base}/echo"),), SIGNED),
            current_api("iias", (("get-url", f"{self.base}/get"), most, ("index-url", f"{self.base}/index")), SIGNED),
            current_api("iia-cnr", (("url", f"{self.base}/cnr"),), SIGNED),
            current_api("iias-approval", (("url", f"{self.base}/approval?tenant=1"), most), SIGNED),
            current_api("file", (("url", f"{self.base}/file"),), SIGNED),
            current_api("iia-approval-cnr", (("url", f"{self.base}/approval-cnr"),), SIGNED),
        )

    def manifest(self) -> Manifest:
        named = self.partner.manifest()
        return Manifest(
            admin_emails=named.admin_emails, admin_provider="Fake", apis=self.apis(), hei=named.hei, client_keys=named.client_keys,
            server_keys=named.server_keys,
        )  # fmt: skip

    def catalogue(self, *others: Partner) -> bytes:
        """The catalogue of a network in which the partner serves its APIs and the others serve nothing."""
        return render_catalogue(catalogue_of([self.manifest(), *(other.manifest() for other in others)]))

    def xml(self, iia_id: str) -> bytes:
        return self.texts.get(iia_id) or publish_iia(self.copies[iia_id]).xml

    def received(self, iia_id: str) -> ReceivedIia:
        """One of its copies as a partner reads it."""
        return receive_iias_get(join_iias_get([self.xml(iia_id)])).value[0]

    def answer(self, request: Request) -> tuple[int, bytes]:
        path, _, query = request.target.partition("?")
        if path == "/manifest.xml":
            return 200, render_manifest(self.manifest())
        given = parse_parameters(request.body if request.method == "POST" else query.encode())
        self.asked.append((request.method, path, dict(given.values)))
        try:
            verify_request(request, key_of=self.trusts.get, now=dt.datetime.now(dt.UTC))
        except SignatureRefused as refused:
            self.refused.append(str(refused))
            return refused.status, render_error_response(ErrorResponse(str(refused)))
        try:
            return 200, self._content(path, given)
        except LookupError:
            return 400, render_error_response(ErrorResponse("a parameter is missing"))

    def _content(self, path: str, given: RequestParameters) -> bytes:
        ids = given.repeated("iia_id")
        match path:
            case "/index":
                return render_iias_index(sorted({*self.copies, *self.texts}))
            case "/get":
                return join_iias_get([self.xml(each) for each in ids if each in self.copies or each in self.texts])
            case "/approval":
                return render_iias_approval(IiaApproval(each, self.approvals[each]) for each in ids if each in self.approvals)
            case "/file":
                return self.files[given.repeated("file_id")[0]]
            case "/cnr" | "/approval-cnr":
                api, answer = NOTIFICATIONS[path]
                self.told.append((api, ids[0]))
                return answer
        return render_echo(Echo(("home.example.org",), given.repeated("echo")))


class QuietServer(ThreadingHTTPServer):
    """Says nothing of clients that hang up: some tests make them."""

    daemon_threads = True

    def handle_error(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving(fake: FakePartner, tls: LocalTls) -> Iterator[FakePartner]:
    """Serve a fake partner on a port of its own until the end of the block."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = tuple((name, value) for name, value in self.headers.items())
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            mischief = fake.mischief
            if mischief.hangs_up:
                self.close_connection = True
                return
            status, content = fake.answer(Request(self.command, self.path, headers, body))
            content = content if mischief.body is None else mischief.body
            named = {name.lower(): value for name, value in headers}
            signed = Answer((), content)
            if mischief.signs and "accept-signature" in named:
                signed = sign_answer(
                    signed,
                    key=mischief.signs_with or fake.partner.server_key,
                    now=dt.datetime.now(dt.UTC) + mischief.skew,
                    request_id=named.get("x-request-id", ""),
                    request_signature=named["authorization"].partition('signature="')[2].rstrip('"'),
                )
            self.send_response_only(mischief.status or status)
            for name, value in signed.headers:
                self.send_header(name, value)
            if mischief.redirects_to:
                self.send_header("Location", mischief.redirects_to)
            self.send_header("Content-Type", "text/xml")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = QuietServer(("127.0.0.1", 0), Door)
    server.socket = tls.context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    fake.base = f"https://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
