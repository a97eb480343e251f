"""Places and mobilities of the cases."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from goliard.rules.grants.mobility import Activity, Cycle, Direction, Mobility, Participant
from goliard.rules.values.distance import Point
from goliard.rules.values.money import Money

PLACES = {
    "Leiden": ("NL", Point(52.16, 4.49)),
    "Jakarta": ("ID", Point(-6.21, 106.85)),
    "Rabat": ("MA", Point(34.01, -6.83)),
    "Istanbul": ("TR", Point(41.01, 28.95)),
    "Boston": ("US", Point(42.36, -71.06)),
    "Moscow": ("RU", Point(55.75, 37.62)),
    "London": ("GB", Point(51.51, -0.13)),
    "Addis Ababa": ("ET", Point(9.03, 38.74)),
    "Doha": ("QA", Point(25.29, 51.53)),
    "Berlin": ("DE", Point(52.52, 13.41)),
    "Opole": ("PL", Point(50.68, 17.94)),
}


class Build:
    """Builds a mobility from the words of a case."""

    def __call__(self, facts: dict[str, Any]) -> Mobility:
        numbers = {key: facts[key] for key in ("travel_days", "zero_grant_days", "days_used_in_cycle", "teaching_hours") if key in facts}
        flags = {key: facts[key] for key in ("green", "fewer_opportunities", "zero_grant", "with_training") if key in facts}
        (from_country, from_point), (to_country, to_point) = PLACES[facts["from"]], PLACES[facts["to"]]
        return Mobility(
            direction=Direction(facts["direction"]),
            participant=Participant(facts["participant"]),
            activity=Activity(facts["activity"]),
            cycle=Cycle(facts["cycle"]) if facts.get("cycle") else None,
            days=facts["days"],
            from_country=from_country,
            to_country=to_country,
            from_point=from_point,
            to_point=to_point,
            inclusion_costs=Money(int(Decimal(str(facts.get("inclusion_costs", 0))) * 100)),
            travel_costs=Money(int(Decimal(str(facts.get("travel_costs", 0))) * 100)),
            **numbers,
            **flags,
        )


@pytest.fixture
def mobility() -> Build:
    return Build()
