"""`goliard budget` as the office calls it: exit codes, what stands where, and both languages."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from goliard.cli import main
from goliard.rules.grants.tables import published_table
from goliard.rules.grants.toml_dump import dump_table

HEADER = (
    "direction,participant,activity,cycle,count,days,start,end,travel_days,green,fewer_opportunities,"
    "from_country,to_country,from_lat,from_lon,to_lat,to_lon\n"
)
STUDENTS = "incoming,student,studies,second,3,162,,,0,no,1,ID,NL,-6.21,106.85,52.16,4.49\n"
STAFF = "outgoing,staff,teaching,,2,,2023-03-06,2023-03-10,2,yes,0,NL,MA,52.16,4.49,34.01,-6.83\n"


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    file = tmp_path / "plan.csv"
    file.write_text(HEADER + STUDENTS + STAFF, encoding="utf-8")
    return file


def budget(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["budget", *map(str, arguments)])


def document(result: Result) -> dict[str, Any]:
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_json_has_whole_cents_over_the_whole_plan(plan: Path) -> None:
    found = document(budget(plan, "--action", "KA171", "--call", 2022, "--json"))
    assert found["mobilities"] == 5
    assert found["by_category"] == {
        "individual_support": 3 * 459_000 + 2 * 7 * 18_000,
        "travel": 3 * 150_000 + 2 * 41_000,
        "top_ups": 135_000,
        "organisational_support": 5 * 50_000,
        "inclusion_support": 0,
    }
    assert found["total_cents"] == sum(found["by_category"].values()) == sum(line["amount_cents"] for line in found["lines"])
    assert found["unverified"] == ["org_support", "travel green 2000-2999 km"]
    assert len(found["table_version"]) == 64
    first = found["lines"][0]
    assert first == {
        "row": 2,
        "rule": "student_month",
        "category": "individual_support",
        "times": 1,
        "each_cents": 459_000,
        "amount_cents": 459_000,
        "because": {"nl": "162 dagen × € 850,00 per maand van 30 dagen", "en": "162 days × €850.00 a month of 30 days"},
        "source": "YTU; GRON19; EHU19; DAAD171; WIKI-DUR; DAAD131; INCLMOB; OPOLE23; HANN",
        "status": "D",
    }
    assert found["lines"][-1]["row"] is None


def test_unverified_figures_are_named_on_stderr(plan: Path) -> None:
    result = budget(plan, "--action", "KA171", "--call", 2022)
    assert result.exit_code == 0
    assert (
        result.stderr
        == "warning: not verified: org_support: organisational support per participant\nwarning: not verified: travel green 2000-2999 km\n"
    )
    assert result.stdout.splitlines()[-1].split() == ["total", "€25,460.00"]


def test_dutch(plan: Path) -> None:
    result = budget(plan, "--action", "KA171", "--call", 2022, "--lang", "nl", "--lines")
    assert "rij 2: 1 × € 4.590,00 = € 4.590,00  162 dagen × € 850,00 per maand van 30 dagen" in result.stdout
    assert result.stdout.splitlines()[-1].split() == ["totaal", "€", "25.460,00"]
    assert "let op: niet geverifieerd: org_support: organisatiekosten per deelnemer\n" in result.stderr


@pytest.mark.parametrize(
    ("row", "lang", "sentence"),
    [
        (STUDENTS.replace(",162,", ",x,"), "en", "row 3, column days: “x”: no whole number from 1 to 10000\n"),
        (STUDENTS.replace(",162,", ",x,"), "nl", "rij 3, kolom days: “x”: geen geheel getal van 1 tot 10000\n"),
        (STUDENTS.replace(",162,", ",40,"), "en", "row 3, column days: 40 days; at least 60 days [NL131]\n"),
        (STUDENTS.replace(",162,", ",40,"), "nl", "rij 3, kolom days: 40 dagen; ten minste 60 dagen [NL131]\n"),
        (
            "outgoing,staff,training,,1,5,,,0,no,0,NL,TR,52.16,4.49,41.01,28.95\n",
            "nl",
            "rij 3, kolom to_country: KA171 gaat van of naar een partnerland; TR is dat in deze call niet [PG22-124; LEI-ICM]\n",
        ),
    ],
)
def test_a_bad_or_ineligible_row_says_file_row_column_and_reason(tmp_path: Path, row: str, lang: str, sentence: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(HEADER + STUDENTS + row, encoding="utf-8")
    result = budget(file, "--action", "KA171", "--call", 2022, "--json", "--lang", lang)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{file}: {sentence}")


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"\xff\xfe\0", HEADER.encode(), HEADER.encode() + b'"', b"a,b\n1,2\n"])
def test_a_hostile_file_leaves_stdout_empty(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    result = budget(file, "--action", "KA171", "--call", 2022)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"{file}: ")


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.csv", tmp_path):
        result = budget(path, "--action", "KA171", "--call", 2022)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "the file cannot be read" in result.stderr


@pytest.mark.parametrize(
    "options", [[], ["--action", "KA171"], ["--action", "KA171", "--call", 2021], ["--action", "KA999", "--call", 2022]]
)
def test_an_action_or_a_call_without_a_table(plan: Path, options: list[object]) -> None:
    result = budget(plan, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_a_missing_figure_stops_with_its_name(plan: Path) -> None:
    result = budget(plan, "--action", "KA171", "--call", 2026)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "missing figure: student_month (direction=incoming) of KA171 2026" in result.stderr
    assert "missing figure: staff_day (direction=outgoing) of KA171 2026" in result.stderr
    assert "missing figure: org_support of KA171 2026" in result.stderr


def test_an_unverified_rule_only_warns(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(HEADER + "outgoing,student,studies,first,1,90,,,0,no,0,NL,MA,52.16,4.49,34.01,-6.83\n", encoding="utf-8")
    result = budget(file, "--action", "KA171", "--call", 2022, "--json")
    assert "outgoing_regions_1_to_3" in document(result)["unverified"]
    assert f"{file}: row 2: warning: MA: whether these students may go there" in result.stderr


def test_a_table_of_the_office(plan: Path, tmp_path: Path) -> None:
    table = tmp_path / "own.toml"
    text = dump_table(published_table("KA171", 2022))
    table.write_text(text.replace("value = 500", "value = 450"), encoding="utf-8")
    found = document(budget(plan, "--table", table, "--json"))
    assert found["by_category"]["organisational_support"] == 5 * 45_000
    assert budget(plan, "--table", table, "--call", 2023).exit_code == 2
    table.write_text("no table", encoding="utf-8")
    assert budget(plan, "--table", table).exit_code == 2


def test_progress_only_when_asked_or_on_a_terminal(plan: Path) -> None:
    assert "rows priced" not in budget(plan, "--action", "KA171", "--call", 2022).stderr
    assert "2 / 2 rows priced" in budget(plan, "--action", "KA171", "--call", 2022, "--progress").stderr


def test_a_terminal_that_writes_only_ascii(plan: Path) -> None:
    arguments = [sys.executable, "-m", "goliard", "budget", str(plan), "--action", "ka171", "--call", "2022"]
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    text = subprocess.run(arguments, capture_output=True, check=True, env=environment).stdout
    assert text.splitlines()[-1].split() == [b"total", b"?25,460.00"]
    result = subprocess.run([*arguments, "--json"], capture_output=True, check=True, env=environment)
    assert json.loads(result.stdout.decode())["lines"][0]["because"]["en"] == "162 days × €850.00 a month of 30 days"
