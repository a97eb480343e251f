"""Approvals of agreements (iias-approval 2): which of the asker's copies we approved, and with which hash we saw them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.lexical import IDENTIFIER, SHA256_HEX
from goliard.ewp_codec.namespaces import IIAS_APPROVAL
from goliard.ewp_codec.reading import ElementReader, Parsed, open_document
from goliard.ewp_codec.writing import new_document, to_bytes


@dataclass(frozen=True, slots=True)
class IiaApproval:
    """An approval: `iia_id` is the id at the asker, who owns the copy; `iia_hash` the hash of the copy that was approved."""

    iia_id: str
    iia_hash: str
    pdf_file: str = ""


def parse_iias_approval(body: bytes, limits: Limits = ANSWER) -> Parsed[tuple[IiaApproval, ...]]:
    """Read the answer of iias-approval. Raises `RefusedDocument`."""
    reader, faults = open_document(body, "iias-approval-response", IIAS_APPROVAL, limits)
    approvals = tuple(_approval(approval) for approval in reader.children("approval"))
    reader.close()
    return Parsed(approvals, faults.as_tuple())


def render_iias_approval(approvals: Iterable[IiaApproval]) -> bytes:
    """Write the answer of iias-approval. Raises `Unwritable`."""
    writer = new_document("iias-approval-response", IIAS_APPROVAL)
    for approval in approvals:
        inner = writer.child("approval")
        inner.text("iia-id", approval.iia_id, IDENTIFIER)
        inner.text("iia-hash", approval.iia_hash, SHA256_HEX)
        inner.optional("pdf-file", approval.pdf_file)
    return to_bytes(writer)


def _approval(reader: ElementReader) -> IiaApproval:
    approval = IiaApproval(
        iia_id=reader.text("iia-id", IDENTIFIER, required=True),
        iia_hash=reader.text("iia-hash", SHA256_HEX, required=True),
        pdf_file=reader.text("pdf-file"),
    )
    reader.close()
    return approval
