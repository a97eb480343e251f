"""`goliard grant`: one mobility."""

from __future__ import annotations

import json

from click.testing import CliRunner, Result

from goliard.cli import main

STUDENT = {
    "--action": "KA171", "--call": "2022", "--direction": "incoming", "--participant": "student", "--activity": "studies",
    "--cycle": "second", "--from-country": "ID", "--to-country": "NL", "--from-lat": "-6.21", "--from-lon": "106.85",
    "--to-lat": "52.16", "--to-lon": "4.49",
}  # fmt: skip


def grant(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["grant", *(word for option in STUDENT.items() for word in option), *arguments])


def test_days_and_dates_price_alike() -> None:
    by_days = grant("--days", "105", "--json")
    by_dates = grant("--start", "2023-01-01", "--end", "2023-04-15", "--json")
    assert by_days.exit_code == 0
    assert json.loads(by_days.stdout) == json.loads(by_dates.stdout)
    found = json.loads(by_days.stdout)
    assert found["by_category"] == {
        "individual_support": 297_500,
        "travel": 150_000,
        "top_ups": 0,
        "organisational_support": 0,
        "inclusion_support": 0,
    }
    assert (found["total_cents"], found["mobilities"], found["unverified"]) == (447_500, 1, [])


def test_an_interruption_is_taken_off() -> None:
    result = grant("--start", "2023-01-01", "--end", "2023-04-15", "--interruption-days", "15", "--lang", "nl")
    assert result.exit_code == 0
    assert "90 dagen × € 850,00 per maand van 30 dagen" in result.stdout
    assert result.stdout.splitlines()[-1].split() == ["€", "4.050,00", "totaal"]


def test_what_the_programme_does_not_pay() -> None:
    result = grant("--days", "150", "--days-used-in-cycle", "300", "--lang", "nl")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "--days: 450 dagen in deze studiecyclus (waarvan 300 al eerder); ten hoogste 12 maanden van 30 dagen [UU; RU22]\n"
    )


def test_a_missing_figure() -> None:
    result = grant("--days", "150", "--activity", "traineeship")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith("missing figure: topup_traineeship_ka171 of KA171 2022: traineeship top-up in regions 1-12 (")


def test_wrong_options() -> None:
    for wrong in (
        [],
        ["--days", "150", "--start", "2023-01-01", "--end", "2023-04-15"],
        ["--start", "2023-01-01"],
        ["--start", "2023-04-15", "--end", "2023-01-01"],
        ["--days", "150", "--from-lat", "nan"],
        ["--days", "150", "--from-lat", "91"],
        ["--days", "1e3"],
    ):
        result = grant(*wrong)
        assert (result.exit_code, result.stdout) == (2, ""), wrong
        assert result.stderr
