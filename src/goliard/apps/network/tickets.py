"""A ticket for a partner's developers or the network's service desk: what is wrong, with the evidence, ready to be sent.

In English, which the network speaks; personal data were masked before they were kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from goliard.apps.network.health import PeerDetails
from goliard.apps.network.models import Exchange

EXCHANGES = 3
LINES = 12


def has_evidence(details: PeerDetails, *, waiting: Sequence[str]) -> bool:
    """Whether there is anything to write about."""
    health = details.health
    is_off = health.is_skewed or health.is_slow or bool(health.peer.index_error) or not health.peer.is_in_catalogue
    return is_off or bool(details.errors or details.faulty or waiting)


def ticket_subject(details: PeerDetails, *, our_hei_id: str) -> str:
    """Return the subject of the ticket."""
    return f"EWP: {details.health.peer.hei_id} and {our_hei_id or 'us'}: {_what(details)}"


def ticket_text(details: PeerDetails, *, our_hei_id: str, waiting: Sequence[str], now: datetime) -> str:
    """Return the ticket: what is wrong, since when, and each exchange with its request and answer. `waiting` are copies that wait."""
    peer = details.health.peer
    us = our_hei_id or "(our HEI id)"
    parts = [
        "Dear colleagues,",
        f"We exchange agreements with {peer.hei_id} in the Erasmus Without Paper network as {us}.",
        f"This is what does not work, as we saw it until {_moment(now)}.",
    ]
    if not peer.is_in_catalogue:
        parts.append(f"* {peer.hei_id} is not in the registry's catalogue, so nobody can reach it.")
    if details.health.is_skewed:
        seconds = details.health.skew or 0
        way = "ahead of" if seconds > 0 else "behind"
        parts.append(f"* Your clock is {abs(seconds)} seconds {way} ours. Signatures are refused at five minutes.")
    if details.health.is_slow:
        parts.append(f"* Your last answer took {details.health.seconds} seconds. Requests are given up after a minute.")
    if peer.index_error:
        parts.append(f"* Your iias index cannot be read: {peer.index_error}")
    parts += [_exchange(number, row) for number, row in enumerate(details.errors[:EXCHANGES], start=1)]
    parts += [_faults(row) for row in details.faulty[:EXCHANGES]]
    if waiting:
        parts.append("These agreements wait for you:\n" + "\n".join(f"  - {line}" for line in waiting[:LINES]))
    parts.append("Could you look into it? We send further evidence on request.\n\nKind regards,")
    return "\n\n".join(parts) + "\n"


def _what(details: PeerDetails) -> str:
    if details.errors:
        return f"{details.errors[0].endpoint} answers {details.errors[0].status or 'nothing'}"
    if details.faulty:
        return f"{details.faulty[0].endpoint} does not follow its schema"
    if details.health.is_skewed:
        return "clock"
    if details.health.is_slow:
        return "slow answers"
    return "agreements that wait"


def _exchange(number: int, row: Exchange) -> str:
    lines = [
        f"{number}. {row.endpoint}, {_moment(row.at)}",
        f"   Request: {row.url}",
        f"   Asked: {row.asked or '(no parameters)'}",
        f"   Answer: {row.status or 'none'} after {row.milliseconds} ms",
        f"   Our finding: {row.message}",
    ]
    if row.answer:
        lines += ["   Body of the answer (personal data masked):", *(f"   | {line}" for line in row.answer.splitlines()[:LINES])]
    return "\n".join(lines)


def _faults(row: Exchange) -> str:
    head = f"The answer of {row.endpoint} of {_moment(row.at)} does not follow its schema (asked: {row.asked or 'no parameters'}):"
    return "\n".join([head, *(f"  - {fault}" for fault in row.faults[:LINES])])


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
