"""Notifications of change (iia-cnr 3, iia-approval-cnr 2): the request carries only an id, the receipt is an empty element."""

from __future__ import annotations

from typing import Final

from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.namespaces import IIA_APPROVAL_CNR, IIA_CNR
from goliard.ewp_codec.reading import Parsed, open_document
from goliard.ewp_codec.writing import new_document, to_bytes

IIA_CNR_RESPONSE: Final = to_bytes(new_document("iia-cnr-response", IIA_CNR))
IIA_APPROVAL_CNR_RESPONSE: Final = to_bytes(new_document("iia-approval-cnr-response", IIA_APPROVAL_CNR))


def parse_iia_cnr(body: bytes, limits: Limits = ANSWER) -> Parsed[None]:
    """Read the receipt of a notification about an agreement. Raises `RefusedDocument` where it is none."""
    return _receipt(body, "iia-cnr-response", IIA_CNR, limits)


def parse_iia_approval_cnr(body: bytes, limits: Limits = ANSWER) -> Parsed[None]:
    """Read the receipt of a notification about an approval. Raises `RefusedDocument` where it is none."""
    return _receipt(body, "iia-approval-cnr-response", IIA_APPROVAL_CNR, limits)


def _receipt(body: bytes, name: str, namespace: str, limits: Limits) -> Parsed[None]:
    reader, faults = open_document(body, name, namespace, limits)
    reader.close_empty()
    return Parsed(None, faults.as_tuple())
