"""Public keys: their ids, their base64 and which are refused."""

from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from goliard.ewp_codec.keys import SigningKey, UnusableKey, decode_der, encode_der, key_id_of, load_public_key


def der_of(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey) -> bytes:
    return key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def test_the_id_of_a_key_is_the_hash_of_its_public_half() -> None:
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    key = SigningKey(private)
    assert key.public_der == der_of(private)
    assert key.key_id == hashlib.sha256(key.public_der).hexdigest() == key_id_of(key.public_der)
    assert load_public_key(key.public_der).public_numbers() == private.public_key().public_numbers()
    assert "private" not in repr(key)


def test_base64_with_line_breaks_reads_back() -> None:
    der = bytes(range(256))
    text = encode_der(der)
    assert decode_der("\n   ".join([text[:76], text[76:]]) + "\n") == der
    for broken in ("*", "abc", text[:-1]):
        with pytest.raises(UnusableKey):
            decode_der(broken)


def test_short_keys_other_keys_and_rubbish_are_refused() -> None:
    for der in (
        der_of(rsa.generate_private_key(public_exponent=65537, key_size=1024)),
        der_of(ec.generate_private_key(ec.SECP256R1())),
        b"",
        b"x",
    ):
        with pytest.raises(UnusableKey):
            load_public_key(der)
