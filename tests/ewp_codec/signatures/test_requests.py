"""Signed requests: the text that is signed, and every way in which a request is refused."""

from __future__ import annotations

import base64
import dataclasses
import datetime as dt
import hashlib
import re
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from goliard.ewp_codec.keys import SigningKey
from goliard.ewp_codec.signatures.http_dates import format_http_date
from goliard.ewp_codec.signatures.refusals import NotSigned, SignatureRefused, UnknownKey
from goliard.ewp_codec.signatures.requests import (
    Request,
    VerifiedRequest,
    accepts_signature,
    sign_request,
    unverified_answer_headers,
    verify_request,
)

NOW = dt.datetime(2026, 11, 3, 10, 0, 0, tzinfo=dt.UTC)
REQUEST_ID = "dc05b425-4e86-4106-8dde-1257fccf53e5"
BODY = b"iia_id=1&iia_id=2"
PLAIN = Request(
    "POST",
    "/ewp/iias/get?x=%20y",
    (("Host", "ewp.example.org:8443"), ("Content-Type", "application/x-www-form-urlencoded")),
    BODY,
)


@pytest.fixture
def signed(key: SigningKey) -> Request:
    return sign_request(PLAIN, key=key, request_id=REQUEST_ID, now=NOW)


@pytest.fixture
def check(key: SigningKey) -> Callable[..., VerifiedRequest]:
    def verify(request: Request, now: dt.datetime = NOW) -> VerifiedRequest:
        return verify_request(request, key_of={key.key_id: key.public_der}.get, now=now)

    return verify


def header(request: Request, name: str) -> str:
    (value,) = [value for key, value in request.headers if key == name]
    return value


def replaced(request: Request, name: str, value: str | None) -> Request:
    """The request with one header changed on its way, or lost."""
    headers = [(key, value if key == name else old) for key, old in request.headers]
    return dataclasses.replace(request, headers=tuple((key, new) for key, new in headers if new is not None))


def added(request: Request, name: str, value: str) -> Request:
    return dataclasses.replace(request, headers=(*request.headers, (name, value)))


def test_the_signed_text_is_the_one_that_the_draft_describes(signed: Request, key: SigningKey) -> None:
    digest = base64.b64encode(hashlib.sha256(BODY).digest()).decode()
    text = (
        "(request-target): post /ewp/iias/get?x=%20y\n"
        "host: ewp.example.org:8443\n"
        "content-type: application/x-www-form-urlencoded\n"
        "original-date: Tue, 03 Nov 2026 10:00:00 GMT\n"
        f"digest: SHA-256={digest}\n"
        f"x-request-id: {REQUEST_ID}\n"
        "accept-signature: rsa-sha256\n"
        "want-digest: SHA-256"
    )
    authorization = header(signed, "Authorization")
    found = re.fullmatch(r'Signature keyId="([0-9a-f]{64})",algorithm="rsa-sha256",headers="([^"]*)",signature="([^"]*)"', authorization)
    assert found is not None
    assert found[1] == hashlib.sha256(key.public_der).hexdigest()
    assert found[2] == "(request-target) host content-type original-date digest x-request-id accept-signature want-digest"
    key.private.public_key().verify(base64.b64decode(found[3]), text.encode(), PKCS1v15(), SHA256())


def test_what_is_known_of_a_good_request(signed: Request, check: Callable[..., VerifiedRequest], key: SigningKey) -> None:
    verified = check(added(signed, "Date", "Thu, 01 Jan 1970 00:00:00 GMT"))  # a proxy's date is not signed and does not count
    assert (verified.key_id, verified.request_id, verified.signed_at) == (key.key_id, REQUEST_ID, NOW)
    assert verified.wants_signed_answer
    assert "date" not in verified.headers
    assert verified.headers["host"] == "ewp.example.org:8443"
    assert verified.signature == header(signed, "Authorization").rpartition('signature="')[2].removesuffix('"')


@pytest.mark.parametrize("body", [b"", b"x", b"\x00" * 100_000])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_any_body_and_method_can_be_signed(key: SigningKey, check: Callable[..., VerifiedRequest], method: str, body: bytes) -> None:
    request = Request(method, "/", (("host", "h"),), body)
    signed = sign_request(request, key=key, request_id=REQUEST_ID, now=NOW, want_signed_answer=False)
    assert check(signed).wants_signed_answer is False
    assert check(added(signed, "Accept-Signature", "rsa-sha256")).wants_signed_answer is True


def test_names_of_headers_have_no_case_and_values_no_blanks_around_them(signed: Request, check: Callable[..., VerifiedRequest]) -> None:
    headers = tuple((name.swapcase(), f"  {value}\t") for name, value in signed.headers)
    assert check(dataclasses.replace(signed, headers=headers)).request_id == REQUEST_ID


@pytest.mark.parametrize("name", ["Host", "Content-Type", "Original-Date", "Digest", "X-Request-Id", "Accept-Signature", "Want-Digest"])
def test_no_signed_header_may_be_lost_or_changed(signed: Request, check: Callable[..., VerifiedRequest], name: str) -> None:
    with pytest.raises(SignatureRefused) as lost:
        check(replaced(signed, name, None))
    assert lost.value.status == 400
    value = header(signed, name)
    changed = value.replace("10:00:00", "10:00:01") if name == "Original-Date" else value[:-1] + ("0" if value[-1] != "0" else "1")
    with pytest.raises(SignatureRefused) as refused:
        check(replaced(signed, name, changed))
    assert refused.value.status == 400


@pytest.mark.parametrize(
    "change",
    [
        {"method": "GET"},
        {"target": "/ewp/iias/get?x= y"},
        {"target": "/ewp/iias/get/?x=%20y"},
        {"body": BODY + b"&iia_id=3"},
        {"body": b""},
    ],
)
def test_method_target_and_body_are_covered(signed: Request, check: Callable[..., VerifiedRequest], change: dict[str, object]) -> None:
    with pytest.raises(SignatureRefused) as refused:
        check(dataclasses.replace(signed, **change))  # type: ignore[arg-type]
    assert refused.value.status == 400


@pytest.mark.parametrize("name", ["(request-target)", "host", "original-date", "digest", "x-request-id"])
def test_each_required_header_must_be_signed(signed: Request, check: Callable[..., VerifiedRequest], name: str) -> None:
    authorization = header(signed, "Authorization")
    shortened = authorization.replace(f" {name}", "").replace(f"{name} ", "")
    assert shortened != authorization
    with pytest.raises(SignatureRefused, match="does not cover") as refused:
        check(replaced(signed, "Authorization", shortened))
    assert refused.value.status == 400


@pytest.mark.parametrize("authorization", [None, "Basic dXNlcjpwYXNz", "Bearer x", "", "Signatur"])
def test_what_is_not_signed_at_all_is_challenged(signed: Request, check: Callable[..., VerifiedRequest], authorization: str | None) -> None:
    with pytest.raises(NotSigned) as refused:
        check(replaced(signed, "Authorization", authorization))
    assert refused.value.status == 401


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("rsa-sha256", "rsa-sha1"),
        ("rsa-sha256", "hmac-sha256"),
        ('algorithm="rsa-sha256",', ""),
        ("keyId=", "keyid="),
        ('",headers', '",headers="host",headers'),
        ("host content-type", "host host content-type"),
        ("host content-type", "host  content-type"),
        ("host content-type", "host no-such-header content-type"),
        ('headers="(request-target) host', 'headers="'),
        ('keyId="', 'keyId="0'),
        ('signature="', 'signature="*'),
        ('signature="', "signature="),
        (",algorithm", ";algorithm"),
    ],
)
def test_parameters_that_cannot_be_right(signed: Request, check: Callable[..., VerifiedRequest], old: str, new: str) -> None:
    authorization = header(signed, "Authorization").replace(old, new, 1)
    assert authorization != header(signed, "Authorization")
    with pytest.raises(SignatureRefused) as refused:
        check(replaced(signed, "Authorization", authorization))
    assert refused.value.status == 400


def test_parameters_may_come_in_any_order_with_blanks_and_unknown_ones(signed: Request, check: Callable[..., VerifiedRequest]) -> None:
    parts = header(signed, "Authorization").removeprefix("Signature ").split(",")
    assert (
        check(replaced(signed, "Authorization", "signature " + " , ".join(['created=1 , note="x"', *reversed(parts)]))).request_id
        == REQUEST_ID
    )


@pytest.mark.parametrize(("minutes", "accepted"), [(-5, True), (5, True), (-5.1, False), (5.1, False), (60 * 24 * 365, False)])
def test_the_clock_may_differ_by_five_minutes(
    signed: Request, check: Callable[..., VerifiedRequest], minutes: float, *, accepted: bool
) -> None:
    now = NOW + dt.timedelta(minutes=minutes)
    if accepted:
        assert check(signed, now).signed_at == NOW
    else:
        with pytest.raises(SignatureRefused, match="five minutes"):
            check(signed, now)


def hand_signed(key: SigningKey, date: tuple[str, str], *, digest: str | None = None, request_id: str = REQUEST_ID) -> Request:
    """A request signed by another program, with `Date` instead of `Original-Date` and whatever else it pleases."""
    digest = digest or "SHA-256=" + base64.b64encode(hashlib.sha256(b"").digest()).decode()
    headers = (("Host", "h"), date, ("Digest", digest), ("X-Request-Id", request_id))
    text = "\n".join(["(request-target): get /", *(f"{name.lower()}: {value}" for name, value in headers)])
    signature = base64.b64encode(key.private.sign(text.encode(), PKCS1v15(), SHA256())).decode()
    names = " ".join(["(request-target)", *(name.lower() for name, _ in headers)])
    authorization = f'Signature keyId="{key.key_id}",algorithm="rsa-sha256",headers="{names}",signature="{signature}"'
    return Request("GET", "/", (*headers, ("Authorization", authorization)))


@pytest.mark.parametrize("name", ["Date", "Original-Date"])
def test_either_date_header_will_do(key: SigningKey, check: Callable[..., VerifiedRequest], name: str) -> None:
    assert check(hand_signed(key, (name, format_http_date(NOW)))).signed_at == NOW


@pytest.mark.parametrize(
    "date",
    [
        "Tue, 3 Nov 2026 10:00:00 GMT",
        "Mon, 03 Nov 2026 10:00:00 GMT",
        "Tue, 03 Nov 2026 10:00:00 +0000",
        "2026-11-03T10:00:00Z",
        "Tue, 31 Feb 2026 10:00:00 GMT",
        "Tue, 03 Nov 2026 25:00:00 GMT",
        "Tuesday, 03-Nov-26 10:00:00 GMT",
        "",
    ],
)
def test_dates_have_one_form_only(key: SigningKey, check: Callable[..., VerifiedRequest], date: str) -> None:
    with pytest.raises(SignatureRefused):
        check(hand_signed(key, ("Date", date)))


@pytest.mark.parametrize(
    ("digest", "accepted"),
    [
        ("shA-256={}", True),
        ("SHA=abc, SHA-256={}", True),
        ("MD5=x,SHA-256={},unixsum=3", True),
        ("SHA={}", False),
        ("SHA-256=", False),
        ("SHA-256={}, SHA-256=AAAA", False),
        ("{}", False),
    ],
)
def test_several_digests_may_be_given_and_every_sha256_must_fit(
    key: SigningKey, check: Callable[..., VerifiedRequest], digest: str, *, accepted: bool
) -> None:
    value = digest.format(base64.b64encode(hashlib.sha256(b"").digest()).decode())
    request = hand_signed(key, ("Date", format_http_date(NOW)), digest=value)
    if accepted:
        assert check(request).key_id == key.key_id
    else:
        with pytest.raises(SignatureRefused, match="digest"):
            check(request)


@pytest.mark.parametrize("request_id", [REQUEST_ID.upper(), REQUEST_ID.replace("-", ""), "{" + REQUEST_ID + "}", "1", REQUEST_ID + "0"])
def test_a_request_id_is_a_uuid_in_lower_case(key: SigningKey, check: Callable[..., VerifiedRequest], request_id: str) -> None:
    with pytest.raises(SignatureRefused, match="UUID"):
        check(hand_signed(key, ("Date", format_http_date(NOW)), request_id=request_id))
    with pytest.raises(SignatureRefused, match="UUID"):
        sign_request(PLAIN, key=key, request_id=request_id, now=NOW)


@pytest.mark.parametrize("name", ["Host", "X-Request-Id", "Original-Date", "Authorization"])
def test_headers_that_decide_may_not_be_repeated(signed: Request, check: Callable[..., VerifiedRequest], name: str) -> None:
    with pytest.raises(SignatureRefused, match="repeated"):
        check(added(signed, name, header(signed, name)))


def test_a_line_break_in_a_header_is_refused(signed: Request, check: Callable[..., VerifiedRequest]) -> None:
    with pytest.raises(SignatureRefused, match="line break"):
        check(replaced(signed, "Content-Type", "x\nhost: evil.example.org"))


def test_unknown_keys_are_forbidden_and_another_keys_signature_is_wrong(signed: Request, key: SigningKey, other_key: SigningKey) -> None:
    with pytest.raises(UnknownKey) as unknown:
        verify_request(signed, key_of={}.get, now=NOW)
    assert unknown.value.status == 403
    with pytest.raises(SignatureRefused, match="does not fit") as wrong:
        verify_request(signed, key_of={key.key_id: other_key.public_der}.get, now=NOW)
    assert wrong.value.status == 400
    with pytest.raises(UnknownKey):
        verify_request(signed, key_of={key.key_id: b"no key"}.get, now=NOW)


def test_a_request_needs_its_host_before_it_is_signed(key: SigningKey) -> None:
    with pytest.raises(ValueError, match="Host"):
        sign_request(Request("GET", "/"), key=key, request_id=REQUEST_ID, now=NOW)


@pytest.mark.parametrize(("header_", "wanted"), [("", False), ("rsa-sha256", True), ("hs2019, RSA-SHA256 ", True), ("rsa-sha512", False)])
def test_signed_answers_on_request(header_: str, *, wanted: bool) -> None:
    assert accepts_signature(header_) is wanted


def test_what_a_signed_refusal_repeats_is_read_without_verification(signed: Request) -> None:
    request_id, signature, wanted = unverified_answer_headers(signed.headers)
    assert (request_id, wanted) == (REQUEST_ID, True)
    assert header(signed, "Authorization").endswith(f'signature="{signature}"')
    assert unverified_answer_headers([("Authorization", "Signature rubbish")]) == ("", "", False)
    assert unverified_answer_headers([]) == ("", "", False)


def test_a_moment_without_time_zone_is_no_date_for_a_header() -> None:
    with pytest.raises(ValueError, match="time zone"):
        format_http_date(NOW.replace(tzinfo=None))
