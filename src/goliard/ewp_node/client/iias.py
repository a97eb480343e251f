"""The questions about agreements: a partner's index, its copies, its approvals of ours; and the notifications that it gets from us."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from goliard.apps.network.services.exchanges import note_answer, note_faults
from goliard.ewp_codec.documents import RefusedDocument
from goliard.ewp_codec.iias.approvals import IiaApproval, parse_iias_approval
from goliard.ewp_codec.iias.get_response import ReceivedIia, receive_iias_get
from goliard.ewp_codec.iias.index_response import parse_iias_index
from goliard.ewp_codec.iias.notifications import parse_iia_approval_cnr, parse_iia_cnr
from goliard.ewp_codec.reading import Parsed
from goliard.ewp_node.client.asking import PartnerAnswer, ask
from goliard.ewp_node.client.capabilities import most, served
from goliard.ewp_node.client.failures import Broken
from goliard.ewp_node.trust import catalogue

Value = TypeVar("Value")
NOTIFICATIONS = {"iia-cnr": parse_iia_cnr, "iia-approval-cnr": parse_iia_approval_cnr}


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies as they came in one answer, with the key that signed it and what was wrong with it."""

    iias: tuple[ReceivedIia, ...]
    faults: tuple[str, ...]
    signed_by: str


def index_of(hei_id: str, *, since: datetime | None = None) -> tuple[str, ...]:
    """Return the ids of the copies that a partner offers us, all or those changed since a moment. Raises AskingFailed."""
    pairs = [("modified_since", since.isoformat(timespec="seconds"))] if since else []
    return tuple(dict.fromkeys(_read(ask(hei_id=hei_id, api="iias", setting="index-url", pairs=pairs), parse_iias_index).value))


def copies_of(hei_id: str, iia_ids: Sequence[str]) -> Iterator[tuple[tuple[str, ...], Copies]]:
    """Yield a partner's copies, so many at a time as it takes, with the ids that were asked for. Raises AskingFailed."""
    for asked in _batches(hei_id, "iias", iia_ids):
        answer = ask(hei_id=hei_id, api="iias", setting="get-url", pairs=[("iia_id", each) for each in asked])
        parsed = _read(answer, receive_iias_get)
        yield asked, Copies(parsed.value, tuple(map(str, parsed.tolerated)), answer.key_id)


def approvals_of(hei_id: str, iia_ids: Sequence[str]) -> Iterator[tuple[tuple[str, ...], tuple[IiaApproval, ...], PartnerAnswer]]:
    """Yield which of our copies a partner approved, with the ids that were asked for, so many at a time. Raises AskingFailed."""
    for asked in _batches(hei_id, "iias-approval", iia_ids):
        answer = ask(hei_id=hei_id, api="iias-approval", pairs=[("iia_id", each) for each in asked])
        yield asked, _read(answer, parse_iias_approval).value, answer


def notify(hei_id: str, api: str, subject: str) -> None:
    """Tell a partner that something of ours changed. Raises AskingFailed."""
    _read(ask(hei_id=hei_id, api=api, pairs=[("iia_id", subject)], method="POST"), NOTIFICATIONS[api])


def _batches(hei_id: str, api: str, iia_ids: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return _chunks(iia_ids, most(served(catalogue(), hei_id, api), "max-iia-ids")) if iia_ids else iter(())


def _chunks(ids: Sequence[str], size: int) -> Iterator[tuple[str, ...]]:
    return (tuple(ids[start : start + size]) for start in range(0, len(ids), size))


def _read(answer: PartnerAnswer, parse: Callable[[bytes], Parsed[Value]]) -> Parsed[Value]:
    """Read an answer; what it does against its schema stays with the exchange. Raises Broken for one that is no such document."""
    try:
        parsed = parse(answer.body)
    except RefusedDocument as refused:
        note_answer(log=answer.log, message=str(refused), answer=answer.body)
        raise Broken(f"the answer is not what was asked for: {refused}", 200) from refused
    note_faults(log=answer.log, faults=parsed.tolerated)
    return parsed
