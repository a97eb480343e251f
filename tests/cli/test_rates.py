"""`goliard rates`: from a shipped table to an own one, without code."""

from __future__ import annotations

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


def test_a_slip_is_named(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(rates("show", "KA171", 2022).stdout.replace('name = "org_support"', 'name = "organisation"'), encoding="utf-8")
    result = rates("check", own)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'organisation' is no figure that the engine knows" in result.stderr
    assert rates("check", tmp_path / "absent.toml").exit_code == 2
    assert rates("show", "KA171", 1999).exit_code == 2
