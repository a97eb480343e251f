"""Secrets in letters: a link that opens something by itself is read by its addressee only.

What is kept of a letter says `[link: only in the letter itself]` in the secret's place. The secret stands beside it, encrypted with a key
that is outside the database, and is erased when the letter has left.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from goliard.rules.values.texts import Text

INSTEAD = Text("alleen in de brief zelf", "only in the letter itself")


class SealBroken(RuntimeError):
    """A secret cannot be read: the secret key is not the one it was sealed with. The letter stays here."""


def hidden(values: Mapping[str, str], secret: frozenset[str], language: str) -> dict[str, str]:
    """Return the values with words in the place of each secret one."""
    return {name: _instead(name, language) if name in secret else value for name, value in values.items()}


def seal(values: Mapping[str, str]) -> str:
    """Return values as text that only `unsealed` reads; nothing for nothing."""
    return _cipher().encrypt(json.dumps(dict(values)).encode()).decode("ascii") if values else ""


def unsealed(text: str, sealed: str, language: str) -> str:
    """Return a letter's text with its secrets in their places. Raises SealBroken."""
    if not sealed:
        return text
    try:
        values = json.loads(_cipher().decrypt(sealed.encode("ascii")))
    except InvalidToken:
        raise SealBroken("the letter was sealed with another secret key") from None
    for name, value in values.items():
        text = text.replace(_instead(name, language), value)
    return text


def _instead(name: str, language: str) -> str:
    return f"[{name}: {INSTEAD.in_language(language)}]"


def _cipher() -> Fernet:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"goliard letters").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
