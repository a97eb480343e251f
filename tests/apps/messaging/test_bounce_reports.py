"""Reports of mail servers, read with suspicion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goliard.apps.messaging.bounce_reports import LARGEST, NoReport, Report, read_report


def report(
    *recipients: str, letter: str = "<letter@example.org>", kind: str = "text/rfc822-headers", outer: str = "<report@mail.example>"
) -> bytes:
    blocks = "\n\n".join(("Reporting-MTA: dns; mail.example", *recipients))
    return f"""From: MAILER-DAEMON@mail.example
To: office@example.org
Subject: Undelivered Mail
Message-ID: {outer}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I could not deliver it.
--b
Content-Type: message/delivery-status

{blocks}

--b
Content-Type: {kind}

Message-ID: {letter}
Subject: Our agreement

--b--
""".replace("\n", "\r\n").encode()


FAILED = (
    "Final-Recipient: rfc822; Gone@Example.org\nAction: failed\nStatus: 5.1.1\n"
    "Diagnostic-Code: smtp; 550 5.1.1 <script>alert(1)</script> unknown"
)
GONE = Report(
    "gone@example.org", "5.1.1", "smtp; 550 5.1.1 <script>alert(1)</script> unknown", "<letter@example.org>", "<report@mail.example>"
)


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
def test_who_was_not_reached_and_which_letter_it_was(kind: str) -> None:
    assert read_report(report(FAILED, kind=kind)) == (GONE,)
    assert GONE.is_permanent


def test_for_now_and_for_good_and_what_is_no_failure() -> None:
    full = "Final-Recipient: rfc822; full@example.org\nAction: failed\nStatus: 4.2.2"
    waits = "Final-Recipient: rfc822; slow@example.org\nAction: delayed\nStatus: 4.4.1"
    came = "Final-Recipient: rfc822; fine@example.org\nAction: delivered\nStatus: 2.0.0"
    found = read_report(report(full, waits, came, FAILED))
    assert [(each.address, each.is_permanent) for each in found] == [("full@example.org", False), ("gone@example.org", True)]


@pytest.mark.parametrize("content", [b"", b"hello", b"Subject: Out of office\n\nI am away.", b"x" * (LARGEST + 1)])
def test_what_is_no_report(content: bytes) -> None:
    with pytest.raises(NoReport):
        read_report(content)


@given(st.binary(max_size=600))
def test_whatever_comes_nothing_breaks_and_nothing_long_comes_out(noise: bytes) -> None:
    for content in (noise, report(FAILED).replace(b"550", noise[:60]), report(FAILED)[: len(noise) * 2]):
        try:
            found = read_report(content)
        except NoReport:
            continue
        assert all(len(each.reason) <= 300 and len(each.message_id) <= 200 for each in found)
