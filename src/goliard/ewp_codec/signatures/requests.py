"""Signed requests: how a client signs (cliauth-httpsig 1.0) and what a server checks, in that order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.signatures.digests import check_digest, digest_of
from goliard.ewp_codec.signatures.header_lists import HeaderList
from goliard.ewp_codec.signatures.http_dates import format_http_date
from goliard.ewp_codec.signatures.messages import (
    REQUEST_TARGET,
    KeyLookup,
    check_dates,
    check_request_id,
    require_signed,
    sign,
    verify,
)
from goliard.ewp_codec.signatures.parameters import ALGORITHM, SignatureParameters, parse_signature_parameters
from goliard.ewp_codec.signatures.refusals import NotSigned

_REQUIRED = (REQUEST_TARGET, "host", "digest", "x-request-id")


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it stands on the wire.

    `target` is path and query exactly as sent (`/ewp/iias/get?iia_id=1`), never decoded; `headers` are pairs with the Host header as sent.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = field(default=b"", repr=False)

    @property
    def request_target(self) -> str:
        """The value that a signature covers: lower-case method, blank, target."""
        return f"{self.method.lower()} {self.target}"


@dataclass(frozen=True, slots=True)
class VerifiedRequest:
    """What is known of a request whose signature holds.

    `signature` is what a signed answer must repeat; `headers` are the signed ones only, by lower-case name: ignore all others.
    `wants_signed_answer` counts an unsigned wish too: a signature too many harms nobody.
    """

    key_id: str
    request_id: str
    signature: str
    signed_at: dt.datetime
    headers: Mapping[str, str]
    wants_signed_answer: bool


def sign_request(request: Request, *, key: SigningKey, request_id: str, now: dt.datetime, want_signed_answer: bool = True) -> Request:
    """Return the request with everything a signed one needs; the signature covers the headers that the request had, too.

    The request must carry its Host header. The date goes into `Original-Date`, which proxies leave alone. `request_id` is a fresh UUID.
    Raises `ValueError` where the request has no Host header, and `SignatureRefused` where the id is no UUID.
    """
    added = [("Original-Date", format_http_date(now)), ("Digest", digest_of(request.body)), ("X-Request-Id", check_request_id(request_id))]
    if want_signed_answer:
        added += [("Accept-Signature", ALGORITHM), ("Want-Digest", "SHA-256")]
    headers = (*request.headers, *added)
    names = tuple(dict.fromkeys([REQUEST_TARGET, *(name.lower() for name, _ in headers)]))
    if "host" not in names:
        raise ValueError("a request is signed with its Host header")
    parameters = sign(key, names, HeaderList(headers), request.request_target)
    return Request(request.method, request.target, (*headers, ("Authorization", f"Signature {parameters}")), request.body)


def verify_request(request: Request, *, key_of: KeyLookup, now: dt.datetime) -> VerifiedRequest:
    """Check a signed request: parameters, required headers, date, request id, digest, key, signature.

    Whether the Host header names us is for the caller, who knows our names. Raises `SignatureRefused`, whose `status` says how to answer:
    401 where nothing is signed, 403 for a key that may not sign requests, 400 for the rest.
    """
    headers = HeaderList(request.headers)
    parameters = _authorization(headers)
    require_signed(parameters, _REQUIRED)
    for name in ("host", "x-request-id"):
        headers.single(name)
    signed_at = check_dates(parameters, headers, now)
    request_id = check_request_id(headers.single("x-request-id"))
    check_digest(headers.joined("digest"), request.body)
    verify(parameters, key_of, headers, request.request_target)
    return VerifiedRequest(
        key_id=parameters.key_id,
        request_id=request_id,
        signature=parameters.signature,
        signed_at=signed_at,
        headers=headers.only(parameters.headers),
        wants_signed_answer=accepts_signature(headers.joined("accept-signature")),
    )


def accepts_signature(header: str) -> bool:
    """Whether an `Accept-Signature` header asks for the algorithm that we have; others are as good as none."""
    return ALGORITHM in (algorithm.strip().lower() for algorithm in header.split(","))


def unverified_answer_headers(headers: Iterable[tuple[str, str]]) -> tuple[str, str, bool]:
    """Return request id, request signature and whether a signed answer is wanted, for refusals: errors are signed too.

    Nothing here is verified; what cannot be read is empty.
    """
    found = HeaderList(headers)
    try:
        signature = _authorization(found).signature
    except ValueError:
        signature = ""
    return found.joined("x-request-id"), signature, accepts_signature(found.joined("accept-signature"))


def _authorization(headers: HeaderList) -> SignatureParameters:
    scheme, _, parameters = headers.single("authorization").partition(" ")
    if scheme.lower() != "signature":
        raise NotSigned("the request is not signed: send an Authorization header of the type Signature")
    return parse_signature_parameters(parameters)
