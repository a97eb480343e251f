"""What requests and answers have in common: the text that is signed, the mathematics, and the checks of date, digest and request id."""

from __future__ import annotations

import base64
import datetime as dt
import re
from collections.abc import Callable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from goliard.ewp_codec.keys import SigningKey, UnusableKey, load_public_key
from goliard.ewp_codec.signatures.header_lists import HeaderList
from goliard.ewp_codec.signatures.http_dates import parse_http_date
from goliard.ewp_codec.signatures.parameters import SignatureParameters
from goliard.ewp_codec.signatures.refusals import SignatureRefused, UnknownKey

#: Looks up a public key (DER) by its id, `None` where the network does not know it for this use.
KeyLookup = Callable[[str], bytes | None]

#: How far a message's date may lie from our clock, to either side.
CLOCK_TOLERANCE = dt.timedelta(minutes=5)

REQUEST_TARGET = "(request-target)"

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


def signed_text(names: tuple[str, ...], headers: HeaderList, target: str = "") -> bytes:
    """Return the text that a signature covers: one line a name, in the order given.

    `target` is the value of `(request-target)`, empty for answers. Raises `SignatureRefused` where a named header is absent.
    """
    lines = []
    for name in names:
        if name == REQUEST_TARGET and target:
            lines.append(f"{name}: {target}")
        elif name in headers:
            lines.append(f"{name}: {headers.joined(name)}")
        else:
            raise SignatureRefused(f"the header {name} is listed as signed but absent")
    return "\n".join(lines).encode("utf-8", "surrogateescape")


def sign(key: SigningKey, names: tuple[str, ...], headers: HeaderList, target: str = "") -> SignatureParameters:
    """Sign the named headers."""
    signature = key.private.sign(signed_text(names, headers, target), PKCS1v15(), SHA256())
    return SignatureParameters(key.key_id, names, base64.b64encode(signature).decode("ascii"))


def verify(parameters: SignatureParameters, key_of: KeyLookup, headers: HeaderList, target: str = "") -> None:
    """Verify a signature. Raises `UnknownKey`, or `SignatureRefused` where the signature is not that key's."""
    der = key_of(parameters.key_id)
    if der is None:
        raise UnknownKey(f"the key {parameters.key_id} is not in the catalogue for this use")
    try:
        load_public_key(der).verify(parameters.signature_bytes, signed_text(parameters.headers, headers, target), PKCS1v15(), SHA256())
    except InvalidSignature:
        raise SignatureRefused("the signature does not fit the message; which header or body changed on its way?") from None
    except UnusableKey as unusable:
        raise UnknownKey(f"the key {parameters.key_id} cannot be used: {unusable}") from None


def require_signed(parameters: SignatureParameters, names: tuple[str, ...]) -> None:
    """Check that the signature covers the named headers and a date. Raises `SignatureRefused`."""
    missing = [name for name in names if name not in parameters.headers]
    if not {"date", "original-date"} & set(parameters.headers):
        missing.append("date or original-date")
    if missing:
        raise SignatureRefused(f"the signature does not cover {', '.join(missing)}")


def check_dates(parameters: SignatureParameters, headers: HeaderList, now: dt.datetime) -> dt.datetime:
    """Check every signed date against the clock and return the latest. An unsigned date, which proxies rewrite, does not count.

    Raises `SignatureRefused`.
    """
    moments = []
    for name in ("date", "original-date"):
        if name in parameters.headers:
            moment = parse_http_date(headers.single(name))
            if moment is None:
                raise SignatureRefused(f"the header {name} is no date such as Tue, 03 Jun 2025 10:00:00 GMT")
            if abs(now - moment) > CLOCK_TOLERANCE:
                raise SignatureRefused(f"the header {name} is more than five minutes from our clock: check the time of your server")
            moments.append(moment)
    return max(moments)


def check_request_id(request_id: str) -> str:
    """Return the request id. Raises `SignatureRefused` where it is no UUID in canonical, lower-case form."""
    if not _UUID.fullmatch(request_id):
        raise SignatureRefused("the header x-request-id is no UUID in canonical, lower-case form")
    return request_id
