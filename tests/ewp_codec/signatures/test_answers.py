"""Signed answers: what is covered, and what a client refuses."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.signatures.answers import Answer, VerifiedAnswer, sign_answer, verify_answer
from goliard.ewp_codec.signatures.refusals import NotSigned, SignatureRefused, UnknownKey

NOW = dt.datetime(2026, 11, 3, 10, 0, 0, tzinfo=dt.UTC)
REQUEST_ID = "dc05b425-4e86-4106-8dde-1257fccf53e5"
SIGNATURE = "c2lnbmF0dXJl"
BODY = b"<iias-index-response/>"


@pytest.fixture
def signed(key: SigningKey) -> Answer:
    return sign_answer(Answer(body=BODY), key=key, now=NOW, request_id=REQUEST_ID, request_signature=SIGNATURE)


def check(
    answer: Answer, key: SigningKey, *, now: dt.datetime = NOW, request_id: str = REQUEST_ID, signature: str = SIGNATURE
) -> VerifiedAnswer:
    return verify_answer(answer, key_of={key.key_id: key.public_der}.get, now=now, request_id=request_id, request_signature=signature)


def without(answer: Answer, name: str) -> Answer:
    return dataclasses.replace(answer, headers=tuple(pair for pair in answer.headers if pair[0] != name))


def test_the_signature_header_and_the_text_under_it(signed: Answer, key: SigningKey) -> None:
    digest = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
    assert [name for name, _ in signed.headers] == ["Original-Date", "Digest", "X-Request-Id", "X-Request-Signature", "Signature"]
    parameters = dict(signed.headers)["Signature"]
    assert parameters.startswith(
        f'keyId="{key.key_id}",algorithm="rsa-sha256",headers="original-date digest x-request-id x-request-signature",'
    )
    text = (
        "original-date: Tue, 03 Nov 2026 10:00:00 GMT\n"
        f"digest: SHA-256={digest}\n"
        f"x-request-id: {REQUEST_ID}\n"
        f"x-request-signature: {SIGNATURE}"
    )
    signature = base64.b64decode(parameters.rpartition('signature="')[2].removesuffix('"'))
    key.private.public_key().verify(signature, text.encode(), PKCS1v15(), SHA256())


def test_what_is_known_of_a_good_answer(signed: Answer, key: SigningKey) -> None:
    answer = dataclasses.replace(signed, headers=(*signed.headers, ("Content-Type", "text/html"), ("Date", "rewritten")))
    verified = check(answer, key)
    assert (verified.key_id, verified.signed_at) == (key.key_id, NOW)
    assert set(verified.headers) == {"original-date", "digest", "x-request-id", "x-request-signature"}


def test_an_anonymous_request_has_nothing_to_repeat(key: SigningKey) -> None:
    signed = sign_answer(Answer(body=BODY), key=key, now=NOW)
    assert check(signed, key, request_id="", signature="").key_id == key.key_id


@pytest.mark.parametrize("name", ["Original-Date", "Digest", "X-Request-Id", "X-Request-Signature"])
def test_no_signed_header_may_be_lost(signed: Answer, key: SigningKey, name: str) -> None:
    with pytest.raises(SignatureRefused):
        check(without(signed, name), key)


def test_answers_to_other_requests_are_refused(signed: Answer, key: SigningKey) -> None:
    with pytest.raises(SignatureRefused, match="x-request-id is not that of the request"):
        check(signed, key, request_id=REQUEST_ID.replace("d", "e"))
    with pytest.raises(SignatureRefused, match="x-request-signature is not that of the request"):
        check(signed, key, signature="b3RoZXI=")
    unrepeated = sign_answer(Answer(body=BODY), key=key, now=NOW, request_id=REQUEST_ID)
    with pytest.raises(SignatureRefused, match="does not cover x-request-signature"):
        check(unrepeated, key)


def test_old_changed_unsigned_and_foreign_answers_are_refused(signed: Answer, key: SigningKey, other_key: SigningKey) -> None:
    with pytest.raises(SignatureRefused, match="five minutes"):
        check(signed, key, now=NOW + dt.timedelta(minutes=6))
    with pytest.raises(SignatureRefused, match="digest"):
        check(dataclasses.replace(signed, body=BODY + b" "), key)
    with pytest.raises(NotSigned):
        check(without(signed, "Signature"), key)
    with pytest.raises(UnknownKey):
        check(signed, other_key)
    broken = tuple((name, "Signature " + value if name == "Signature" else value) for name, value in signed.headers)
    with pytest.raises(SignatureRefused, match="cannot be read"):
        check(dataclasses.replace(signed, headers=broken), key)
