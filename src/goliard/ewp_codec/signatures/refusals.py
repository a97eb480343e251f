"""Why a signed message is refused, with the HTTP status that the specification gives it."""

from __future__ import annotations


class SignatureRefused(ValueError):
    """The message is not accepted. `status` is the HTTP status to answer with; the message is for the developer of the other node.

    For an answer that we verify as a client, the status only sorts the faults: treat every refusal as an answer that never came.
    """

    status = 400


class NotSigned(SignatureRefused):
    """The request carries no HTTP signature at all: answer with `CHALLENGE`."""

    status = 401


class UnknownKey(SignatureRefused):
    """The key is not in the catalogue, or not for this use (a server's key does not sign requests)."""

    status = 403


#: The headers of a 401, which say how to sign.
CHALLENGE = {
    "WWW-Authenticate": 'Signature realm="EWP",headers="(request-target) host date digest x-request-id"',
    "Want-Digest": "SHA-256",
}
