"""What changed between two versions of a partnership, part by part."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from goliard.apps.funding.choices import FlowDirection, FlowKind
from goliard.apps.funding.models import PartnershipVersion
from goliard.rules.values.texts import Text


@dataclass(frozen=True, slots=True)
class Difference:
    """A part that is not the same: what it is, and its text before and after (empty for nothing)."""

    part: Text
    before: str
    after: str


def compared(before: PartnershipVersion, after: PartnershipVersion) -> tuple[Difference, ...]:
    """Return the titles, answers and rows of flows that differ, in the order of the later version."""
    old, new = _parts(json.loads(before.content)), _parts(json.loads(after.content))
    return tuple(
        Difference(part, old.get(part, ""), new.get(part, "")) for part in {**new, **old} if old.get(part, "") != new.get(part, "")
    )


def _parts(told: dict[str, Any]) -> dict[Text, str]:
    parts = {Text("Titel (nl)", "Title (nl)"): told["title"]["nl"], Text("Titel (en)", "Title (en)"): told["title"]["en"]}
    parts |= {Text(**row["question"]): row["answer"] for row in told["answers"] if row["stage"] == "application"}
    for number, flow in enumerate(told["flows"], 1):
        parts[Text(f"Stroom {number}", f"Flow {number}")] = _flow(flow)
    return parts


def _flow(flow: dict[str, Any]) -> str:
    words = f"{flow['count']} × {FlowDirection(flow['direction']).label}, {FlowKind(flow['kind']).label}: {flow['days']}"
    return words + (f" + {flow['travel_days']}" if flow["travel_days"] else "")
