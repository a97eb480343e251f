"""From planned flows to the rows that the grant engine prices: the same rows that `goliard budget` reads from a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.grants.plan import PlanRow
from goliard.rules.values.distance import Point
from goliard.rules.values.money import Money


@dataclass(frozen=True, slots=True)
class Place:
    """Where an institution stands: its country (ISO 3166) and its coordinates."""

    country: str
    point: Point


@dataclass(frozen=True, slots=True)
class Flow:
    """`count` equal mobilities between the home institution and a partner; `direction` seen from home, `cycle` empty for staff.

    `teaching_hours` are those of one stay, None where they are not known; `travel_costs_cents` the approved costs of one expensive trip.
    """

    direction: str
    participant: str
    activity: str
    cycle: str
    count: int
    days: int
    travel_days: int = 0
    green: bool = False
    fewer_opportunities: int = 0
    teaching_hours: int | None = None
    travel_costs_cents: int = 0


def plan_rows(flows: Iterable[Flow], home: Place, partner: Place, *, first: int = 1) -> tuple[PlanRow, ...]:
    """Return the rows of a plan, numbered from `first`."""
    return tuple(
        PlanRow(number, _mobility(flow, home, partner), flow.count, flow.fewer_opportunities) for number, flow in enumerate(flows, first)
    )


def _mobility(flow: Flow, home: Place, partner: Place) -> Mobility:
    sender, receiver = (partner, home) if flow.direction == Direction.INCOMING else (home, partner)
    return Mobility(
        direction=Direction(flow.direction),
        participant=Participant(flow.participant),
        activity=Activity(flow.activity),
        cycle=Cycle(flow.cycle) if flow.cycle else None,
        days=flow.days,
        from_country=sender.country,
        to_country=receiver.country,
        from_point=sender.point,
        to_point=receiver.point,
        travel_days=flow.travel_days,
        green=flow.green,
        teaching_hours=flow.teaching_hours,
        travel_costs=Money(flow.travel_costs_cents),
    )
