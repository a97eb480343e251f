"""Inputs as plain data and back: what is stored beside a result, so that it can be computed again years later.

A result is its inputs, the text of its table (`toml_dump.dump_table`) and the version of that table; `report` gives the lines.
"""

from __future__ import annotations

from typing import Any

from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.plan import PlanRow
from goliard.rules.values.distance import Point
from goliard.rules.values.money import Money


def mobility_to_data(mobility: Mobility) -> dict[str, Any]:
    """A mobility as numbers, texts and booleans, ready for JSON."""
    return {
        "direction": str(mobility.direction),
        "participant": str(mobility.participant),
        "activity": str(mobility.activity),
        "cycle": None if mobility.cycle is None else str(mobility.cycle),
        "days": mobility.days,
        "from_country": mobility.from_country,
        "to_country": mobility.to_country,
        "from_point": [mobility.from_point.latitude, mobility.from_point.longitude],
        "to_point": [mobility.to_point.latitude, mobility.to_point.longitude],
        "travel_days": mobility.travel_days,
        "green": mobility.green,
        "fewer_opportunities": mobility.fewer_opportunities,
        "days_used_in_cycle": mobility.days_used_in_cycle,
        "zero_grant_days": mobility.zero_grant_days,
        "zero_grant": mobility.zero_grant,
        "inclusion_costs_cents": mobility.inclusion_costs.cents,
        "travel_costs_cents": mobility.travel_costs.cents,
        "calendar_days": mobility.calendar_days,
        "teaching_hours": mobility.teaching_hours,
        "with_training": mobility.with_training,
    }


def mobility_from_data(data: dict[str, Any]) -> Mobility:
    """The mobility that `mobility_to_data` wrote. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    facts = dict(data)
    return Mobility(
        direction=Direction(facts.pop("direction")),
        participant=Participant(facts.pop("participant")),
        activity=Activity(facts.pop("activity")),
        cycle=None if (cycle := facts.pop("cycle")) is None else Cycle(cycle),
        from_point=Point(*facts.pop("from_point")),
        to_point=Point(*facts.pop("to_point")),
        inclusion_costs=Money(facts.pop("inclusion_costs_cents")),
        travel_costs=Money(facts.pop("travel_costs_cents")),
        **facts,
    )


def rows_to_data(rows: list[PlanRow]) -> list[dict[str, Any]]:
    """The rows of a plan, ready for JSON."""
    return [
        {
            "number": row.number,
            "count": row.count,
            "fewer_opportunities": row.fewer_opportunities,
            "mobility": mobility_to_data(row.mobility),
        }
        for row in rows
    ]


def rows_from_data(data: list[dict[str, Any]]) -> list[PlanRow]:
    """The rows that `rows_to_data` wrote."""
    return [PlanRow(row["number"], mobility_from_data(row["mobility"]), row["count"], row["fewer_opportunities"]) for row in data]
