"""Private keys at rest: readable only with a key that stands outside the database."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_der_private_key
from django.conf import settings


class LockedKey(RuntimeError):
    """The private key cannot be read: `GOLIARD_EWP_KEY` (or the secret key) is not the one it was stored with."""


def lock(key: RSAPrivateKey) -> str:
    """Return a private key encrypted, as text."""
    return _cipher().encrypt(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())).decode("ascii")


def unlock(encrypted: str) -> RSAPrivateKey:
    """Return the private key that `lock` was given. Raises LockedKey."""
    try:
        key = load_der_private_key(_cipher().decrypt(encrypted.encode("ascii")), password=None)
    except InvalidToken:
        raise LockedKey("the private key was encrypted with another GOLIARD_EWP_KEY or secret key") from None
    if not isinstance(key, RSAPrivateKey):
        raise LockedKey("the private key is no RSA key")
    return key


def _cipher() -> Fernet:
    secret = settings.GOLIARD_EWP_KEY or settings.SECRET_KEY
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"goliard private keys of the network").derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(key))
