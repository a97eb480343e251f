"""Test another node from outside: its manifest, and how its endpoints receive a stranger and (with our key) a partner.

Every check is one line: what was tried, and what is wrong with what came back. Nothing changes at the other side: no notification is sent.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from goliard.ewp_codec.api_entries import SHAPES, ApiEntry
from goliard.ewp_codec.documents import RefusedDocument
from goliard.ewp_codec.echo import parse_echo
from goliard.ewp_codec.error_response import parse_error_response
from goliard.ewp_codec.http_security import CLIENT_SIGNATURE, SERVER_CERTIFICATE, SERVER_SIGNATURE
from goliard.ewp_codec.keys import SigningKey, UnusableKey, key_id_of, load_public_key
from goliard.ewp_codec.manifest import Manifest, parse_manifest
from goliard.ewp_codec.signatures.answers import Answer, verify_answer
from goliard.ewp_codec.signatures.http_dates import parse_http_date
from goliard.ewp_codec.signatures.parameters import parse_signature_parameters
from goliard.ewp_codec.signatures.refusals import SignatureRefused
from goliard.ewp_codec.signatures.requests import Request, sign_request
from goliard.ewp_node.client.failures import AskingFailed
from goliard.ewp_node.client.wire import Heard, exchange, place_of

FORM = "application/x-www-form-urlencoded"
#: APIs that belong together: whoever has the first must have the others.
TOGETHER = (("iias", ("institutions", "factsheet", "iia-cnr", "iias-approval", "iia-approval-cnr")), ("omobilities", ("omobility-cnr",)))
OPEN = frozenset({"discovery", "registry"})
LATE = 60  # seconds between their clock and ours that are worth a word


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was tried; `fault` is empty where it was as it should be."""

    tried: str
    fault: str = ""

    def __str__(self) -> str:
        return f"wrong  {self.tried}: {self.fault}" if self.fault else f"ok     {self.tried}"


@dataclass(frozen=True, slots=True)
class _Caller:
    """With what the endpoints of a manifest are asked."""

    manifest: Manifest
    key: SigningKey | None
    now: datetime


def check_node(url: str, *, key: SigningKey | None, now: datetime) -> Iterator[Check]:
    """Yield every check of the node whose manifest stands at an address. With a key, endpoints are asked with a signature too."""
    try:
        heard = _ask("GET", url)
        parsed = parse_manifest(heard.body)
    except (AskingFailed, RefusedDocument) as failed:
        yield Check(f"GET {url}", str(failed))
        return
    yield Check(f"GET {url}", "" if heard.status == 200 else f"answers {heard.status} to a request without signature")
    yield from (Check("manifest follows its schema", str(fault)) for fault in parsed.tolerated)
    yield from _manifest(parsed.value, url)
    yield from _clock(heard, now)
    caller = _Caller(parsed.value, key, now)
    for api in parsed.value.apis:
        for setting, address in api.settings:
            if setting.endswith("url") and api.name not in OPEN:
                yield from _endpoint(caller, api, setting, address)


def _manifest(manifest: Manifest, url: str) -> Iterator[Check]:
    names = {api.name: api for api in manifest.apis}
    yield Check("one institution is covered", "" if manifest.hei else "institutions-covered is empty")
    yield Check("a provider is named", "" if manifest.admin_provider else "admin-provider is missing")
    yield Check("an administrator can be reached", "" if manifest.admin_emails else "admin-email is missing")
    discovery = names.get("discovery")
    found = "" if discovery is None else discovery.setting("url")
    yield Check("discovery names this address", "" if found == url else f"it names {found or 'none'}")
    for use, keys in (("client", manifest.client_keys), ("server", manifest.server_keys)):
        yield Check(f"{use} key", _keys_fault(keys))
    same = {key_id_of(der) for der in manifest.client_keys} & {key_id_of(der) for der in manifest.server_keys}
    yield Check("client and server keys differ", f"{', '.join(sorted(same))} is both" if same else "")
    for first, others in TOGETHER:
        missing = [name for name in others if first in names and name not in names]
        if first in names:
            yield Check(f"what belongs to {first}", f"{', '.join(missing)} is missing" if missing else "")
    for api in manifest.apis:
        yield from _entry(api)


def _entry(api: ApiEntry) -> Iterator[Check]:
    shape = SHAPES.get(api.name)
    if shape is not None and api.namespace != shape.namespace:
        yield Check(f"{api.name} {api.version} is current", f"the current generation is {shape.version}")
    if api.name in OPEN or (shape is not None and not shape.secured):
        return
    security = api.security
    if security is None:
        yield Check(f"{api.name} declares http-security", "it declares none, which stands for a method that no longer exists")
        return
    yield Check(
        f"{api.name} takes signed requests", "" if CLIENT_SIGNATURE in security.client_authentication else "httpsig is not declared"
    )
    is_known = {SERVER_CERTIFICATE, SERVER_SIGNATURE} & set(security.server_authentication)
    yield Check(f"{api.name} identifies itself", "" if is_known else "neither tlscert nor httpsig is declared")


def _keys_fault(ders: tuple[bytes, ...]) -> str:
    if not ders:
        return "there is none"
    for der in ders:
        try:
            load_public_key(der)
        except UnusableKey as unusable:
            return f"{key_id_of(der)[:16]}…: {unusable}"
    return ""


def _clock(heard: Heard, now: datetime) -> Iterator[Check]:
    moment = parse_http_date({name.lower(): value for name, value in heard.headers}.get("date", ""))
    if moment is None:
        yield Check("its clock", "no Date in the answer, or one that is not as RFC 1123 writes it")
        return
    seconds = round((moment - now).total_seconds())
    yield Check("its clock", f"{abs(seconds)} seconds {'ahead of' if seconds > 0 else 'behind'} ours" if abs(seconds) >= LATE else "")


def _endpoint(caller: _Caller, api: ApiEntry, setting: str, address: str) -> Iterator[Check]:
    """A stranger is refused with an error-response; another method too; a signed request is recognised."""
    name = api.name if setting == "url" else f"{api.name} {setting.removesuffix('-url')}"
    yield _refused(f"{name}: a request without signature", "POST", address, (401, 403, 400))
    yield _refused(f"{name}: PUT", "PUT", address, (405,))
    if caller.key is not None and not api.name.endswith("-cnr"):
        yield _signed(name, api, address, caller, caller.key)


def _refused(tried: str, method: str, address: str, expected: tuple[int, ...]) -> Check:
    try:
        heard = _ask(method, address)
    except AskingFailed as failed:
        return Check(tried, str(failed))
    if heard.status not in expected:
        return Check(tried, f"answers {heard.status} instead of {' or '.join(map(str, expected))}")
    fault = _error_fault(heard)
    if not fault and heard.status == 401 and "www-authenticate" not in {each.lower() for each, _value in heard.headers}:
        fault = "answers 401 without WWW-Authenticate"
    return Check(tried, fault)


def _signed(name: str, api: ApiEntry, address: str, caller: _Caller, key: SigningKey) -> Check:
    """A request that is signed, and lacks its parameters (echo: carries one). Who does not know us yet answers 403."""
    tried = f"{name}: a signed request"
    wants = api.security is not None and SERVER_SIGNATURE in api.security.server_authentication
    try:
        place = place_of(address)
        target = f"{place.target}{'&' if '?' in place.target else '?'}echo=goliard" if api.name == "echo" else place.target
        bare = Request("GET", target, (("Host", place.host_header), ("Accept-Encoding", "identity")))
        request = sign_request(bare, key=key, request_id=str(uuid.uuid4()), now=caller.now, want_signed_answer=wants)
        heard = exchange(request, place)
    except AskingFailed as failed:
        return Check(tried, str(failed))
    if heard.status == 403:  # not for us, or it does not know our key (yet)
        return Check(f"{tried} (refused: {_said(heard)})")
    if wants and (fault := _signature_fault(request, heard, caller)):
        return Check(tried, fault)
    if api.name == "echo" and heard.status == 200:
        echoes = _echoes(heard)
        return Check(tried, "" if echoes == ("goliard",) else f"echoes {echoes}")
    return Check(tried, "" if heard.status in {200, 400} else f"answers {heard.status}: {_said(heard)}")


def _signature_fault(request: Request, heard: Heard, caller: _Caller) -> str:
    sent = dict(request.headers)
    signature = parse_signature_parameters(sent["Authorization"].partition(" ")[2]).signature
    keys = {key_id_of(der): der for der in caller.manifest.server_keys}
    try:
        verify_answer(
            Answer(heard.headers, heard.body), key_of=keys.get, now=caller.now, request_id=sent["X-Request-Id"], request_signature=signature
        )
    except SignatureRefused as refused:
        return f"the answer is not signed as declared: {refused}"
    return ""


def _echoes(heard: Heard) -> tuple[str, ...]:
    try:
        return parse_echo(heard.body).value.echoes
    except RefusedDocument:
        return ()


def _error_fault(heard: Heard) -> str:
    try:
        parsed = parse_error_response(heard.body)
    except RefusedDocument as refused:
        return f"answers {heard.status} without an error-response: {refused}"
    return str(parsed.tolerated[0]) if parsed.tolerated else ""


def _said(heard: Heard) -> str:
    try:
        return parse_error_response(heard.body).value.developer_message[:200]
    except RefusedDocument:
        return "no error-response"


def _ask(method: str, address: str) -> Heard:
    """Ask without a signature."""
    place = place_of(address)
    headers = [("Host", place.host_header), ("Accept-Encoding", "identity"), ("User-Agent", "Goliard")]
    if method in {"POST", "PUT"}:
        headers += [("Content-Type", FORM)]
    return exchange(Request(method, place.target, tuple(headers)), place)
