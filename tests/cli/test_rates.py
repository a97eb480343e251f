"""`goliard rates`: from a shipped table to an own one, without code."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner, Result

from goliard.cli import main


def rates(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["rates", *map(str, arguments)])


def test_list() -> None:
    result = rates("list")
    assert result.exit_code == 0
    assert [line.split("  ")[0] for line in result.stdout.splitlines()][:4] == ["KA107 2018", "KA107 2019", "KA107 2020", "KA131 2021"]


def test_an_own_table_begins_with_a_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(rates("show", "KA171", 2026).stdout.replace("call = 2026", "call = 2027"), encoding="utf-8")
    result = rates("check", own)
    assert result.exit_code == 0
    assert result.stdout.startswith("KA171 2027  ")
    assert "missing: org_support" in result.stderr.splitlines()


def test_a_table_carried_forward_says_so_in_every_result(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(rates("carry", "KA171", 2025, 2027).stdout, encoding="utf-8")
    plan = tmp_path / "plan.csv"
    plan.write_text(
        "direction,participant,activity,cycle,count,days,travel_days,green,fewer_opportunities,"
        "from_country,to_country,from_lat,from_lon,to_lat,to_lon\n"
        "incoming,staff,teaching,,2,5,2,no,0,MA,NL,34.01,-6.83,52.16,4.49\n",
        encoding="utf-8",
    )
    result = CliRunner().invoke(main, ["budget", str(plan), "--table", str(own), "--json"])
    found = json.loads(result.stdout)
    assert (found["action"], found["call"], found["total_cents"]) == ("KA171", 2027, 2 * (7 * 19_000 + 39_500 + 50_000))
    assert found["unverified"] == [
        "living_cost_group 1",
        "org_support",
        "staff_day (direction=incoming, group=1)",
        "travel standard 2000-2999 km",
    ]


def test_a_slip_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(rates("show", "KA171", 2022).stdout.replace('name = "org_support"', 'name = "organisation"'), encoding="utf-8")
    result = rates("check", own)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'organisation' is no figure that the engine knows" in result.stderr
    assert rates("check", tmp_path / "absent.toml").exit_code == 2
    assert rates("show", "KA171", 1999).exit_code == 2
