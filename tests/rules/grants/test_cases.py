"""Every case of `cases/*.toml`: tables that an officer can read and add to."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from goliard.rules.grants.eligibility import Ineligible
from goliard.rules.grants.entitlement import price_mobility
from goliard.rules.grants.faults import MissingFigure
from goliard.rules.grants.mobility import Mobility
from goliard.rules.grants.tables import published_table
from goliard.rules.values.money import Money

KNOWN = {
    "name", "like", "lines", "refused", "missing", "warned", "action", "call", "direction", "participant", "activity", "cycle", "days",
    "from", "to", "travel_days", "green", "fewer_opportunities", "zero_grant", "zero_grant_days", "days_used_in_cycle", "inclusion_costs",
    "travel_costs", "teaching_hours", "with_training",
}  # fmt: skip


def _cases() -> list[Any]:
    found = []
    for file in sorted((Path(__file__).parent / "cases").glob("*.toml")):
        document = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        for case in document["case"]:
            facts = document["usual"][case["like"]] | case
            assert set(facts) <= KNOWN, f"{case['name']}: {set(facts) - KNOWN}"
            found.append(pytest.param(facts, id=f"{file.stem}: {case['name']}"))
    return found


@pytest.mark.parametrize("facts", _cases())
def test_case(facts: dict[str, Any], mobility: Callable[[dict[str, Any]], Mobility]) -> None:
    table = published_table(facts["action"], facts["call"])
    if "refused" in facts:
        with pytest.raises(Ineligible) as refusal:
            price_mobility(mobility(facts), table)
        assert [reason.field for reason in refusal.value.reasons] == facts["refused"]
    elif "missing" in facts:
        with pytest.raises(MissingFigure) as figure:
            price_mobility(mobility(facts), table)
        assert figure.value.name.split(" ")[0] == facts["missing"]
        assert figure.value.name.endswith(f"of {facts['action']} {facts['call']}")
    else:
        entitlement = price_mobility(mobility(facts), table)
        expected = [(rule, Money(int(euros * 100))) for rule, euros in facts["lines"].items()]
        assert [(line.rule, line.amount) for line in entitlement.lines] == expected
        assert [warning.rule for warning in entitlement.warnings] == facts.get("warned", [])
        assert all(line.because.nl and line.because.en for line in entitlement.lines)
