"""RSA keys as the network names them: by the SHA-256 of the public key's DER encoding (X.509 SubjectPublicKeyInfo)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

#: Shorter keys are refused by the registry and by us.
FEWEST_BITS = 2048
MOST_BITS = 16_384


class UnusableKey(ValueError):
    """The bytes are no RSA public key of a length that we accept."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its public half: `public_der` is what manifests publish (before base64), `key_id` how partners look it up."""

    private: RSAPrivateKey = field(repr=False)
    public_der: bytes = field(init=False, repr=False)
    key_id: str = field(init=False)

    def __post_init__(self) -> None:
        der = self.private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        object.__setattr__(self, "public_der", der)
        object.__setattr__(self, "key_id", key_id_of(der))


def key_id_of(der: bytes) -> str:
    """Return the id of a public key: the SHA-256 of its DER encoding in lower-case hexadecimal."""
    return hashlib.sha256(der).hexdigest()


@lru_cache(maxsize=4096)
def load_public_key(der: bytes) -> RSAPublicKey:
    """Return the key of a DER encoding. Raises `UnusableKey` where it is no RSA key of 2048 bits or more."""
    try:
        key = load_der_public_key(der)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise UnusableKey("the bytes are no public key") from error
    if not isinstance(key, RSAPublicKey):
        raise UnusableKey("the key is not an RSA key")
    if not FEWEST_BITS <= key.key_size <= MOST_BITS:
        raise UnusableKey(f"the key has {key.key_size} bits; {FEWEST_BITS} to {MOST_BITS} are accepted")
    return key


def encode_der(der: bytes) -> str:
    """Return bytes in base64, on one line."""
    return base64.b64encode(der).decode("ascii")


def decode_der(text: str) -> bytes:
    """Return the bytes of base64 with any white space in it. Raises `UnusableKey`."""
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise UnusableKey("the text is no base64") from error
