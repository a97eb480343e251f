"""Keys are made once a session; nothing about them is secret."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from goliard.ewp_codec.keys import SigningKey


@pytest.fixture(scope="session")
def key() -> SigningKey:
    return SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=2048))


@pytest.fixture(scope="session")
def other_key() -> SigningKey:
    return SigningKey(rsa.generate_private_key(public_exponent=65537, key_size=2048))
