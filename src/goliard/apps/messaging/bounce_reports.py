"""Reports of mail servers that a letter did not arrive (RFC 3464): which address, for good or for now, and which letter it was.

Mail is written by strangers: nothing in it is followed or run, and only short plain texts come out.
"""

from __future__ import annotations

import email
import re
from dataclasses import dataclass
from email import policy
from email.message import Message

LARGEST = 2 * 1024 * 1024  # bytes of a report: it may hold the whole letter
_ADDRESS = re.compile(r"[^\s@<>;,\"]{1,64}@[A-Za-z0-9.-]{1,190}")
_STATUS = re.compile(r"\b([245])\.[0-9]{1,3}\.[0-9]{1,3}\b")


class NoReport(ValueError):
    """The mail is no report about a letter that did not arrive."""


@dataclass(frozen=True, slots=True)
class Report:
    """One recipient that a letter did not reach. `message_id` is the letter's, `report_id` the report's; either may be empty."""

    address: str
    status: str
    reason: str
    message_id: str
    report_id: str

    @property
    def is_permanent(self) -> bool:
        """Whether the address will not work later either (RFC 3463: class 5)."""
        return self.status.startswith("5")


def read_report(content: bytes) -> tuple[Report, ...]:
    """Return what a mail reports, a recipient each; successes and delays that are still tried are left out. Raises NoReport."""
    if len(content) > LARGEST:
        raise NoReport("too large")
    message = email.message_from_bytes(content, policy=policy.compat32)
    status = next((part for part in message.walk() if part.get_content_type() == "message/delivery-status"), None)
    if status is None or not isinstance(status.get_payload(), list):
        raise NoReport("no delivery status")
    blocks = [block for block in status.get_payload() if isinstance(block, Message)]
    found = [_report(block, message) for block in blocks if str(block.get("Action", "")).strip().lower() == "failed"]
    return tuple(report for report in found if report is not None)


def _report(block: Message, message: Message) -> Report | None:
    address = _ADDRESS.search(str(block.get("Final-Recipient") or block.get("Original-Recipient") or ""))
    diagnostic = _line(block.get("Diagnostic-Code"))
    status = _STATUS.search(f"{block.get('Status', '')} {diagnostic}")
    if address is None or status is None or status[1] == "2":
        return None
    return Report(address[0].lower(), status[0], diagnostic[:300], _letter_id(message), _line(message.get("Message-ID"))[:200])


def _letter_id(message: Message) -> str:
    """The Message-ID of the letter, from its headers or the copy that came back with the report."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and isinstance(part.get_payload(), list) and part.get_payload():
            inner = part.get_payload(0)
            return _line(inner.get("Message-ID"))[:200] if isinstance(inner, Message) else ""
        if part.get_content_type() == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            headers = email.message_from_bytes(content if isinstance(content, bytes) else b"", policy=policy.compat32)
            return _line(headers.get("Message-ID"))[:200]
    return ""


def _line(value: object) -> str:
    text = " ".join(str(value or "").split())
    return "".join(character for character in text if character.isprintable())
