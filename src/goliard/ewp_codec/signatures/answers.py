"""Signed answers: how a server signs (srvauth-httpsig 1.1) and what a client checks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.signatures.digests import check_digest, digest_of
from goliard.ewp_codec.signatures.header_lists import HeaderList
from goliard.ewp_codec.signatures.http_dates import format_http_date
from goliard.ewp_codec.signatures.messages import KeyLookup, check_dates, require_signed, sign, verify
from goliard.ewp_codec.signatures.parameters import parse_signature_parameters
from goliard.ewp_codec.signatures.refusals import NotSigned, SignatureRefused


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it stands on the wire; `body` after any content coding."""

    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class VerifiedAnswer:
    """What is known of an answer whose signature holds; `headers` are the signed ones only, by lower-case name."""

    key_id: str
    signed_at: dt.datetime
    headers: Mapping[str, str]


def sign_answer(answer: Answer, *, key: SigningKey, now: dt.datetime, request_id: str = "", request_signature: str = "") -> Answer:
    """Return the answer with its signature, which covers the headers that the answer had, too.

    `request_id` and `request_signature` repeat those of the request and stay empty where it had none. Only sign headers that nothing on
    the way rewrites: the date goes into `Original-Date`, because servers and proxies set `Date` themselves.
    """
    added = [("Original-Date", format_http_date(now)), ("Digest", digest_of(answer.body))]
    added += [("X-Request-Id", request_id)] if request_id else []
    added += [("X-Request-Signature", request_signature)] if request_signature else []
    headers = (*answer.headers, *added)
    parameters = sign(key, tuple(dict.fromkeys(name.lower() for name, _ in headers)), HeaderList(headers))
    return Answer((*headers, ("Signature", str(parameters))), answer.body)


def verify_answer(
    answer: Answer, *, key_of: KeyLookup, now: dt.datetime, request_id: str = "", request_signature: str = ""
) -> VerifiedAnswer:
    """Check a signed answer to the request with this id and signature (empty where the request had none).

    `key_of` must know only the server keys of the host that serves the API. Raises `SignatureRefused`.
    """
    headers = HeaderList(answer.headers)
    if "signature" not in headers:
        raise NotSigned("the answer is not signed")
    parameters = parse_signature_parameters(headers.single("signature"))
    repeated = {name: value for name, value in (("x-request-id", request_id), ("x-request-signature", request_signature)) if value}
    require_signed(parameters, ("digest", *repeated))
    for name, value in repeated.items():
        if headers.single(name) != value:
            raise SignatureRefused(f"the header {name} is not that of the request")
    signed_at = check_dates(parameters, headers, now)
    check_digest(headers.joined("digest"), answer.body)
    verify(parameters, key_of, headers)
    return VerifiedAnswer(parameters.key_id, signed_at, headers.only(parameters.headers))
