"""Ask a partner: signed by our client key, over TLS, at the address that the catalogue gives; believed only when its answer may be.

    answer = ask(hei_id="partner.example.org", api="iias", setting="get-url", pairs=[("iia_id", "a1")])

Every exchange is in the log. What is wrong with one is raised as an `AskingFailed`, which says whether asking again may help.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from goliard.apps.network.choices import Direction, KeyUse
from goliard.apps.network.models import Exchange
from goliard.apps.network.services.exchanges import log_exchange
from goliard.ewp_codec.catalogue import ServedApi
from goliard.ewp_codec.documents import ANSWER, Limits, RefusedDocument
from goliard.ewp_codec.error_response import parse_error_response
from goliard.ewp_codec.request_parameters import render_parameters
from goliard.ewp_codec.signatures.answers import Answer, verify_answer
from goliard.ewp_codec.signatures.http_dates import parse_http_date
from goliard.ewp_codec.signatures.parameters import parse_signature_parameters
from goliard.ewp_codec.signatures.refusals import SignatureRefused
from goliard.ewp_codec.signatures.requests import Request, sign_request
from goliard.ewp_node.client.capabilities import served, signs_answers
from goliard.ewp_node.client.failures import AskingFailed, Broken, CannotAsk, NotTrusted, RefusedByPartner
from goliard.ewp_node.client.wire import Heard, Place, exchange, place_of
from goliard.ewp_node.identity import key_for
from goliard.ewp_node.trust import catalogue

Clock = Callable[[], datetime]
FORM = "application/x-www-form-urlencoded"
LONGEST_TARGET = 2000  # characters; what is longer is asked by POST
#: Refusals after which the same request may well be answered: too slow, too early, too many.
LATER = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class PartnerAnswer:
    """An answer that counts: status 200, from the partner's certificate, and signed by its key where it declares that it signs.

    `key_id` is the key that signed it, empty where the partner does not sign; `skew` how many seconds its clock is ahead of ours, None
    where it does not tell. `log` is the row of the log, to which the reader adds what it tolerated.
    """

    body: bytes = field(repr=False)
    content_type: str
    key_id: str
    skew: int | None
    log: Exchange


def ask(
    *,
    hei_id: str,
    api: str,
    setting: str = "url",
    pairs: Sequence[tuple[str, str]] = (),
    method: str = "GET",
    clock: Clock = timezone.now,
    limits: Limits = ANSWER,
) -> PartnerAnswer:
    """Ask an API of a partner. `setting` names the address in its entry (`url`, `get-url`, `index-url`). Raises AskingFailed.

    The clock dates the request and checks the answer's date, so it must be the time of day.
    """
    entry = served(catalogue(), hei_id, api)
    place = place_of(entry.api.setting(setting))
    request = _signed(place, method, render_parameters(pairs), clock(), wants_signature=signs_answers(entry))
    endpoint = f"{api}/{setting.removesuffix('-url')}" if setting != "url" else api
    return _Talk(hei_id, endpoint, entry, place, request, tuple(pairs), clock).answer(limits)


def _signed(place: Place, method: str, parameters: bytes, now: datetime, *, wants_signature: bool) -> Request:
    key = key_for(KeyUse.CLIENT, now)
    if key is None:
        raise CannotAsk("we have no client key that signs: goliard ewp keys create")
    joined = f"{place.target}{'&' if '?' in place.target else '?'}{parameters.decode()}" if parameters else place.target
    is_form = method == "POST" or len(joined) > LONGEST_TARGET
    headers = [("Host", place.host_header), ("Accept", "*/*"), ("Accept-Encoding", "identity"), ("User-Agent", "Goliard")]
    if is_form:
        headers.append(("Content-Type", FORM))
    plain = Request("POST", place.target, tuple(headers), parameters) if is_form else Request(method, joined, tuple(headers))
    return sign_request(plain, key=key, request_id=str(uuid.uuid4()), now=now, want_signed_answer=wants_signature)


@dataclass
class _Talk:
    """One request and what becomes of it."""

    hei_id: str
    endpoint: str
    entry: ServedApi
    place: Place
    request: Request
    pairs: tuple[tuple[str, str], ...]
    clock: Clock

    def answer(self, limits: Limits) -> PartnerAnswer:
        """Send the request; log it whatever happens."""
        begun, heard, skew, key_id = time.perf_counter(), None, None, ""
        failure: AskingFailed | None = None
        try:
            heard = exchange(self.request, self.place, limits)
            skew = _skew(heard, self.clock())
            key_id = self._verified(heard)
        except AskingFailed as failed:
            failure = failed
        log = self._log(heard, failure, skew, key_id, round((time.perf_counter() - begun) * 1000))
        if failure is not None:
            raise failure
        assert heard is not None
        kind = next((value for name, value in heard.headers if name.lower() == "content-type"), "")
        return PartnerAnswer(heard.body, kind, key_id, skew, log)

    def _verified(self, heard: Heard) -> str:
        """Return the key that signed a good answer. Raises what is wrong with any other."""
        if heard.status != 200:
            raise _refusal(heard)
        if not signs_answers(self.entry):
            return ""
        sent = dict(self.request.headers)
        try:
            signature = parse_signature_parameters(sent["Authorization"].partition(" ")[2]).signature
            return verify_answer(
                Answer(heard.headers, heard.body),
                key_of=lambda key_id: catalogue().server_key(self.entry, key_id),
                now=self.clock(),
                request_id=sent["X-Request-Id"],
                request_signature=signature,
            ).key_id
        except SignatureRefused as refused:
            raise NotTrusted(f"the answer is not signed as declared: {refused}") from refused

    def _log(self, heard: Heard | None, failure: AskingFailed | None, skew: int | None, key_id: str, milliseconds: int) -> Exchange:
        asked: dict[str, list[str]] = {}
        for name, value in self.pairs:
            asked.setdefault(name, []).append(value)
        return log_exchange(
            direction=Direction.SENT,
            endpoint=self.endpoint,
            status=0 if heard is None else heard.status,
            milliseconds=milliseconds,
            now=self.clock(),
            hei_id=self.hei_id,
            key_id=key_id,
            parameters=asked,
            message="" if failure is None else str(failure),
            url=f"{self.request.method} https://{self.place.host_header}{self.place.target}",
            answer=heard.body if heard is not None and failure is not None else b"",
            skew=skew,
        )


def _refusal(heard: Heard) -> AskingFailed:
    """What a status other than 200 says, in the partner's own words where it has any."""
    try:
        said = parse_error_response(heard.body).value.developer_message.strip()
    except RefusedDocument:
        said = ""
    told = f"{heard.status}: {said[:300]}" if said else f"{heard.status} without an error-response of the network"
    if 400 <= heard.status < 500 and heard.status not in LATER:
        return RefusedByPartner(told, heard.status)
    return Broken(f"a redirect, which we do not follow ({heard.status})" if 300 <= heard.status < 400 else told, heard.status)


def _skew(heard: Heard, now: datetime) -> int | None:
    """How many seconds the partner's clock is ahead of ours, as far as its answer tells; negative where it is behind."""
    told = {name.lower(): value for name, value in heard.headers}
    moment = parse_http_date(told.get("original-date") or told.get("date", ""))
    return None if moment is None else round((moment - now).total_seconds())
