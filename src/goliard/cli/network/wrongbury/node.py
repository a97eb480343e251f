"""Wrongbury's node: it answers signed requests, repeats what it is offered, approves once both copies name each other, and misbehaves."""

from __future__ import annotations

import http.client
import queue
import ssl
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key

from goliard.cli.network.wrongbury.copies import HEI, Copies, published
from goliard.cli.network.wrongbury.mischief import Mischief
from goliard.ewp_codec.api_entries import current_api
from goliard.ewp_codec.catalogue import Catalogue
from goliard.ewp_codec.documents import RefusedDocument
from goliard.ewp_codec.echo import Echo, render_echo
from goliard.ewp_codec.error_response import ErrorResponse, render_error_response
from goliard.ewp_codec.http_security import SIGNED
from goliard.ewp_codec.iias.approvals import IiaApproval, parse_iias_approval, render_iias_approval
from goliard.ewp_codec.iias.get_response import receive_iias_get
from goliard.ewp_codec.iias.index_response import render_iias_index
from goliard.ewp_codec.iias.notifications import IIA_APPROVAL_CNR_RESPONSE, IIA_CNR_RESPONSE
from goliard.ewp_codec.iias.publishing import join_iias_get
from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.localized import LocalizedText
from goliard.ewp_codec.manifest import Manifest, render_manifest
from goliard.ewp_codec.registered_heis import RegisteredHei
from goliard.ewp_codec.request_parameters import BadParameters, RequestParameters, parse_parameters, render_parameters
from goliard.ewp_codec.signatures.answers import Answer, sign_answer
from goliard.ewp_codec.signatures.refusals import SignatureRefused
from goliard.ewp_codec.signatures.requests import Request, sign_request, unverified_answer_headers, verify_request

NAME = "Fictional University of Wrongbury"
PAGE = b"<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>"
AHEAD = timedelta(minutes=20)
SLOWNESS = 30.0  # seconds
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Said:
    """One answer, before it is signed or not."""

    status: int
    body: bytes
    content_type: str = "text/xml; charset=UTF-8"


@dataclass
class Wrongbury:
    """The node. `faults` may be changed at any time; `waiting` are notifications that it keeps back: API, partner, id."""

    folder: Path
    address: str
    catalogue: Callable[[], Catalogue]
    trust: ssl.SSLContext
    faults: frozenset[Mischief] = frozenset()
    pause: Callable[[], None] = lambda: time.sleep(SLOWNESS)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    waiting: list[tuple[str, str, str]] = field(default_factory=list)
    told: deque[str] = field(default_factory=lambda: deque(maxlen=60))
    _work: queue.Queue[tuple[str, str, str] | None] = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.copies = Copies(self.folder / "copies.json")
        self._client, self._server = (_stored_key(self.folder / f"{use}.der") for use in ("client", "server"))
        threading.Thread(target=self._work_on, name="wrongbury", daemon=True).start()

    def manifest(self) -> bytes:
        """Return the manifest: the agreement cycle, signed as everybody's."""
        most = ("max-iia-ids", "1")
        apis = (
            current_api("discovery", (("url", f"{self.address}/manifest.xml"),)),
            current_api("echo", (("url", f"{self.address}/echo"),), SIGNED),
            current_api("iias", (("get-url", f"{self.address}/get"), most, ("index-url", f"{self.address}/index")), SIGNED),
            current_api("iia-cnr", (("url", f"{self.address}/cnr"),), SIGNED),
            current_api("iias-approval", (("url", f"{self.address}/approval"), most), SIGNED),
            current_api("iia-approval-cnr", (("url", f"{self.address}/approval-cnr"),), SIGNED),
        )
        hei = RegisteredHei(HEI, (LocalizedText(NAME, "en"),))
        manifest = Manifest(
            (f"network@{HEI}",), f"{NAME} (illustrative)", "", apis, hei, (), (self._client.public_der,), (self._server.public_der,)
        )
        return render_manifest(manifest)

    def answer(self, request: Request) -> tuple[Said, Answer]:
        """Answer a request of the network, with the faults that are switched on; the second part holds the headers of a signature."""
        said = self._misbehaved(self._answered(request))
        if Mischief.SLOW in self.faults:
            self.pause()
        request_id, signature, is_wanted = unverified_answer_headers(request.headers)
        if not is_wanted or Mischief.UNSIGNED in self.faults:
            return said, Answer()
        signed = sign_answer(Answer((), said.body), key=self._server, now=self._now(), request_id=request_id, request_signature=signature)
        return said, signed

    def send_waiting(self) -> None:
        """Send the notifications that were kept back."""
        kept, self.waiting = self.waiting, []
        for api, hei_id, subject in kept:
            self._work.put((f"send {api}", hei_id, subject))

    def settle(self) -> None:
        """Return when everything that was to be done is done."""
        self._work.join()

    def stop(self) -> None:
        """End the thread that works."""
        self._work.put(None)

    def _now(self) -> datetime:
        return self.clock() + (AHEAD if Mischief.SKEWED in self.faults else timedelta())

    def _answered(self, request: Request) -> Said:
        known = self.catalogue()
        try:
            verified = verify_request(request, key_of=known.client_key, now=self.clock())
            (hei_id,) = known.heis_of_client_key(verified.key_id)
            query = request.target.partition("?")[2].encode()
            given = parse_parameters(request.body if request.method == "POST" else query)
            body = self._content(request.target.partition("?")[0], hei_id, given)
        except (SignatureRefused, BadParameters, LookupError, ValueError) as refused:
            self._tell(f"refused: {refused}")
            return Said(getattr(refused, "status", 400), render_error_response(ErrorResponse(str(refused) or "bad request")))
        self._tell(f"{hei_id} asked {request.method} {request.target[:80]}")
        return Said(200, body)

    def _content(self, path: str, hei_id: str, given: RequestParameters) -> bytes:
        ids = given.repeated("iia_id")
        match path:
            case "/index":
                return render_iias_index(each.own_id for each in self.copies.of(hei_id))
            case "/get":
                return join_iias_get(published(each, self.faults) for each in self.copies.of(hei_id) if each.own_id in ids)
            case "/approval":
                return self._approvals(hei_id, ids)
            case "/cnr" | "/approval-cnr":
                self._work.put((path, hei_id, ids[0]))
                return IIA_CNR_RESPONSE if path == "/cnr" else IIA_APPROVAL_CNR_RESPONSE
            case "/echo":
                return render_echo(Echo((hei_id,), given.repeated("echo")))
        raise BadParameters("there is no such endpoint")

    def _approvals(self, hei_id: str, ids: tuple[str, ...]) -> bytes:
        found = [each for each in self.copies.of(hei_id) if each.their_id in ids and each.approved]
        is_wrong = Mischief.WRONG_APPROVAL in self.faults
        body = render_iias_approval(IiaApproval(each.their_id, "fedcba9876543210" * 4 if is_wrong else each.approved) for each in found)
        if Mischief.NO_IIA_ID in self.faults:
            for each in found:
                body = body.replace(f"<iia-id>{each.their_id}</iia-id>".encode(), b"")
        return body

    def _misbehaved(self, said: Said) -> Said:
        if Mischief.HTML in self.faults:
            return Said(502, PAGE, "text/html")
        if Mischief.HTML_OK in self.faults:
            return Said(200, PAGE, "text/html")
        if Mischief.ERROR_OK in self.faults:
            return Said(200, render_error_response(ErrorResponse("Sorry, our database is being maintained.")))
        return said

    def _work_on(self) -> None:
        while (task := self._work.get()) is not None:
            try:
                self._do(*task)
            except (OSError, LookupError, ValueError, RefusedDocument, http.client.HTTPException) as failure:
                self._tell(f"failed: {task[0]} {task[1]}: {failure or type(failure).__name__}")
            finally:
                self._work.task_done()
        self._work.task_done()

    def _do(self, what: str, hei_id: str, subject: str) -> None:
        if what == "/cnr":
            self._pull(hei_id, subject)
        elif what == "/approval-cnr":
            body = self._ask(hei_id, "iias-approval", "url", subject)
            approved = [each.iia_hash[:12] for each in parse_iias_approval(body).value]
            self._tell(f"{hei_id} approved {subject}: {', '.join(approved) or 'not any more'}")
        else:
            self._ask(hei_id, what.removeprefix("send "), "url", subject, method="POST")
            self._tell(f"notified {hei_id}: {what.removeprefix('send ')} {subject}")

    def _pull(self, hei_id: str, their_id: str) -> None:
        """Read the partner's copy, repeat it, and approve it once it names ours."""
        found = receive_iias_get(self._ask(hei_id, "iias", "get-url", their_id)).value
        if not found:
            self.copies.drop(hei_id, their_id)
            self._tell(f"{hei_id} has {their_id} no more")
            return
        (received,) = found
        mirror, is_new = self.copies.take(hei_id, their_id, received.xml)
        if is_new:
            self._notify("iia-cnr", hei_id, mirror.own_id)
        if received.iia.partners[1].iia_id == mirror.own_id and self.copies.approve(mirror):
            self._notify("iia-approval-cnr", hei_id, their_id)

    def _notify(self, api: str, hei_id: str, subject: str) -> None:
        if Mischief.SILENT in self.faults:
            return
        if Mischief.LATE in self.faults:
            self.waiting.append((api, hei_id, subject))
        else:
            self._do(f"send {api}", hei_id, subject)

    def _ask(self, hei_id: str, api: str, setting: str, iia_id: str, method: str = "GET") -> bytes:
        url = urlsplit(self.catalogue().apis(hei_id, api)[0].api.setting(setting))
        encoded = render_parameters([("iia_id", iia_id)])
        headers = [("Host", url.netloc), *([("Content-Type", FORM)] if method == "POST" else [])]
        target = url.path if method == "POST" else f"{url.path}?{encoded.decode()}"
        plain = Request(method, target, tuple(headers), encoded if method == "POST" else b"")
        request = sign_request(plain, key=self._client, request_id=str(uuid.uuid4()), now=self._now(), want_signed_answer=False)
        connection = http.client.HTTPSConnection(url.hostname or "", url.port, timeout=60, context=self.trust)
        try:
            connection.request(method, request.target, request.body or None, dict(request.headers))
            answer = connection.getresponse()
            body = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise ValueError(f"{api} answers {answer.status}")
        return body

    def _tell(self, line: str) -> None:
        self.told.appendleft(f"{datetime.now(UTC):%H:%M:%S} {line}")


def _stored_key(file: Path) -> SigningKey:
    if not file.exists():
        made = generate_private_key(public_exponent=65537, key_size=2048)
        file.touch(mode=0o600)
        file.write_bytes(made.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    key = load_der_private_key(file.read_bytes(), password=None)
    if not isinstance(key, RSAPrivateKey):
        raise TypeError(f"{file} holds no RSA key")
    return SigningKey(key)
