"""The `Digest` header (RFC 3230, RFC 5843)."""

from __future__ import annotations

import base64
import hashlib
import hmac

from goliard.ewp_codec.signatures.refusals import SignatureRefused


def digest_of(body: bytes) -> str:
    """Return the value of the header for a body: `SHA-256=…`."""
    return "SHA-256=" + base64.b64encode(hashlib.sha256(body).digest()).decode("ascii")


def check_digest(header: str, body: bytes) -> None:
    """Compare the body with the SHA-256 in a header that may carry several digests. Raises `SignatureRefused`."""
    declared = [
        value.strip() for name, _, value in (part.partition("=") for part in header.split(",")) if name.strip().lower() == "sha-256"
    ]
    if not declared:
        raise SignatureRefused("the Digest header has no SHA-256 digest")
    expected = digest_of(body).partition("=")[2]
    if not all(hmac.compare_digest(value.encode(), expected.encode()) for value in declared):
        raise SignatureRefused("the digest is not that of the body; was the body changed on its way, compressed perhaps?")
