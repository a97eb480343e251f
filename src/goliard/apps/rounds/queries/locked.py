"""What is locked of a round before its deadline, told as plain values that a hash can be made of."""

from __future__ import annotations

from typing import Any

from goliard.apps.rounds.models import Criterion, DestinationPool, Round


def told_policy(round: Round) -> dict[str, Any]:
    """Return how the round gives out places: policy, equal scores, rounding, criteria, groups and what pools keep for them.

    Numbers of places are left out: a partner may take one away, and the ledger tells of that.
    """
    pools = DestinationPool.objects.filter(destination__round=round).order_by("pk")
    return {
        "round": str(round.public_id),
        "policy": round.policy,
        "ties": round.ties,
        "seed": round.seed,
        "total": {"decimals": round.total_decimals, "rounding": round.rounding},
        "criteria": [_criterion(row) for row in round.criteria.select_related("destination").order_by("position", "pk")],
        "groups": [
            {"key": row.key, "kind": row.kind, "unit": row.unit.key if row.unit else "", "minimum": row.minimum}
            for row in round.groups.select_related("unit")
        ],
        "kept": [
            {"pool": str(pool.public_id), "group": each.group.key, "reserved": each.reserved, "maximum": each.maximum}
            for pool in pools.prefetch_related("group_places__group")
            for each in pool.group_places.all()
        ],
    }


def _criterion(row: Criterion) -> dict[str, Any]:
    return {
        "destination": str(row.destination.public_id) if row.destination else "",
        "name": row.name_en,
        "source": row.source,
        "aim": row.aim,
        "weight": row.weight,
        "least": str(row.least),
        "most": str(row.most),
    }
