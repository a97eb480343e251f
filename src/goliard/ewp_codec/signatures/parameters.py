"""The parameters of a signature: `keyId="…",algorithm="rsa-sha256",headers="…",signature="…"`."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass

from goliard.ewp_codec.signatures.refusals import SignatureRefused

ALGORITHM = "rsa-sha256"

_PARAMETER = re.compile(r'[ \t]*([A-Za-z][A-Za-z0-9_-]*)[ \t]*=[ \t]*(?:"([^"]*)"|([0-9]+))[ \t]*(?:,|$)')
_KEY_ID = re.compile(r"[0-9a-f]{64}")
_NAMES = re.compile(r"[!-~]+(?: [!-~]+)*")


@dataclass(frozen=True, slots=True)
class SignatureParameters:
    """What the header says. `headers` are lower-case names in the order in which they are signed; `signature` is base64 as received."""

    key_id: str
    headers: tuple[str, ...]
    signature: str

    def __str__(self) -> str:
        return f'keyId="{self.key_id}",algorithm="{ALGORITHM}",headers="{" ".join(self.headers)}",signature="{self.signature}"'

    @property
    def signature_bytes(self) -> bytes:
        """The signature itself. Raises `SignatureRefused` where it is no base64."""
        try:
            return base64.b64decode(self.signature, validate=True)
        except (binascii.Error, ValueError):
            raise SignatureRefused("the signature is no base64") from None


def parse_signature_parameters(text: str) -> SignatureParameters:
    """Read the parameters; unknown ones are ignored. Raises `SignatureRefused`."""
    found: dict[str, str] = {}
    position = 0
    while position < len(text):
        parameter = _PARAMETER.match(text, position)
        if parameter is None:
            raise SignatureRefused("the signature's parameters cannot be read")
        if parameter[1] in found:
            raise SignatureRefused(f"the signature's parameter {parameter[1]} is repeated")
        found[parameter[1]] = parameter[2] if parameter[2] is not None else parameter[3]
        position = parameter.end()
    for name in ("keyId", "algorithm", "headers", "signature"):
        if not found.get(name):
            raise SignatureRefused(f"the signature has no {name}")
    if found["algorithm"].lower() != ALGORITHM:
        raise SignatureRefused(f"the signature's algorithm is not {ALGORITHM}")
    if not _KEY_ID.fullmatch(found["keyId"]):
        raise SignatureRefused("the keyId is not the SHA-256 of a public key in lower-case hexadecimal")
    return SignatureParameters(found["keyId"], _header_names(found["headers"]), found["signature"])


def _header_names(text: str) -> tuple[str, ...]:
    names = text.lower().split(" ")
    if not _NAMES.fullmatch(text) or len(set(names)) != len(names):
        raise SignatureRefused("the list of signed headers is empty, repeats a name or is not separated by single blanks")
    return tuple(names)
