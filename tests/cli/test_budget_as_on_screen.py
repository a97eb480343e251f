"""The command line and the screens give the same cent for the same plan."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.factories.calls import an_interest, an_open_call

from goliard.apps.funding.choices import FlowStage
from goliard.apps.funding.queries.budgets import budget_of, rows_of
from goliard.cli.budget import command

REQUIRED = (
    "direction", "participant", "activity", "cycle", "count", "days", "travel_days", "green", "fewer_opportunities",
    "from_country", "to_country", "from_lat", "from_lon", "to_lat", "to_lon",
)  # fmt: skip
FLOWS = (
    {"direction": "incoming", "kind": "student/studies/second", "count": 3, "days": 120, "fewer_opportunities": 1},
    {"direction": "outgoing", "kind": "student/studies/third", "count": 2, "days": 21, "green": True},
    {"direction": "outgoing", "kind": "staff/teaching/", "count": 2, "days": 16, "travel_days": 2},
)


@pytest.mark.django_db
def test_a_plan_costs_the_same_on_the_command_line_and_on_the_screen(tmp_path: Path) -> None:
    interest = an_interest(an_open_call(2024), flows=FLOWS)
    plan = tmp_path / "plan.csv"
    with plan.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(REQUIRED)
        for row in rows_of(interest, FlowStage.INTEREST):
            one = row.mobility
            writer.writerow(
                [one.direction, one.participant, one.activity, one.cycle or "", row.count, one.days, one.travel_days,
                 "yes" if one.green else "no", row.fewer_opportunities, one.from_country, one.to_country, one.from_point.latitude,
                 one.from_point.longitude, one.to_point.latitude, one.to_point.longitude]
            )  # fmt: skip
    answer = CliRunner().invoke(command, [str(plan), "--action", "KA171", "--call", "2024", "--json"])
    assert answer.exit_code == 0, answer.output
    told = json.loads(answer.stdout)
    on_screen = budget_of(interest).document
    assert on_screen is not None
    assert (told["total_cents"], told["by_category"], told["mobilities"]) == (
        on_screen["total_cents"],
        on_screen["by_category"],
        7,
    )
    assert [line["amount_cents"] for line in told["lines"]] == [line["amount_cents"] for line in on_screen["lines"]]
