"""The answers of `iias index` and `iias stats`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.ewp_codec.documents import ANSWER, Limits
from goliard.ewp_codec.lexical import IDENTIFIER, INTEGER
from goliard.ewp_codec.namespaces import IIAS_INDEX, IIAS_STATS
from goliard.ewp_codec.reading import Parsed, open_document
from goliard.ewp_codec.writing import new_document, to_bytes


@dataclass(frozen=True, slots=True)
class IiaStatistics:
    """How many agreements a node offers, and how many of them wait for whom."""

    fetchable: int | None
    local_unapproved_partner_approved: int | None
    local_approved_partner_unapproved: int | None
    both_approved: int | None


def parse_iias_index(body: bytes, limits: Limits = ANSWER) -> Parsed[tuple[str, ...]]:
    """Read the ids of the agreements that a node offers us. Raises `RefusedDocument`."""
    reader, faults = open_document(body, "iias-index-response", IIAS_INDEX, limits)
    ids = reader.texts("iia-id", IDENTIFIER)
    reader.close()
    return Parsed(ids, faults.as_tuple())


def render_iias_index(iia_ids: Iterable[str]) -> bytes:
    """Write the ids of the agreements that we offer. Raises `Unwritable`."""
    writer = new_document("iias-index-response", IIAS_INDEX)
    writer.texts("iia-id", iia_ids, IDENTIFIER)
    return to_bytes(writer)


def parse_iias_stats(body: bytes, limits: Limits = ANSWER) -> Parsed[IiaStatistics]:
    """Read the statistics of a node. Raises `RefusedDocument`."""
    reader, faults = open_document(body, "iias-stats-response", IIAS_STATS, limits)
    statistics = IiaStatistics(
        fetchable=reader.integer("iia-fetchable", required=True),
        local_unapproved_partner_approved=reader.integer("iia-local-unapproved-partner-approved", required=True),
        local_approved_partner_unapproved=reader.integer("iia-local-approved-partner-unapproved", required=True),
        both_approved=reader.integer("iia-both-approved", required=True),
    )
    reader.close()
    return Parsed(statistics, faults.as_tuple())


def render_iias_stats(statistics: IiaStatistics) -> bytes:
    """Write our statistics. Raises `Unwritable` where a number is missing."""
    writer = new_document("iias-stats-response", IIAS_STATS)
    writer.integer("iia-fetchable", statistics.fetchable, INTEGER)
    writer.integer("iia-local-unapproved-partner-approved", statistics.local_unapproved_partner_approved, INTEGER)
    writer.integer("iia-local-approved-partner-unapproved", statistics.local_approved_partner_unapproved, INTEGER)
    writer.integer("iia-both-approved", statistics.both_approved, INTEGER)
    return to_bytes(writer)
