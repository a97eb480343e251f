from __future__ import annotations

import csv
import json
import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import goliard
from goliard.cli import main
from goliard.fast.compiled import AVAILABLE
from goliard.rules.placement.policies import DEFERRED_ACCEPTANCE, POLICIES

APPLICANTS = (
    "applicant,wish,destination,score,group\n"
    "s1,1,Lisboa,8.1,\ns1,2,Praha,8.1,\ns2,1,Lisboa,7.9,\ns2,2,Praha,7.9,\ns3,1,Praha,7.5,few\ns4,1,Praha,7.7,\n"
)
DESTINATIONS = "destination,places,reserved_group,reserved_places\nLisboa,1,,\nPraha,2,few,1\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "A.csv").write_text(APPLICANTS)
    (tmp_path / "D.csv").write_text(DESTINATIONS)
    return tmp_path


def goliard_place(folder: Path, *more: str) -> Result:
    paths = ["--applicants", str(folder / "A.csv"), "--destinations", str(folder / "D.csv"), "--out", str(folder / "OUT.csv")]
    return CliRunner().invoke(main, ["place", *paths, *more])


def test_everyone_gets_a_row_and_a_reason(folder: Path) -> None:
    assert goliard_place(folder, "--report", str(folder / "R.json")).exit_code == 0
    with (folder / "OUT.csv").open(newline="") as file:
        assert list(csv.DictReader(file)) == [
            {"applicant": "s1", "destination": "Lisboa", "wish": "1", "reason": "You got Lisboa, your first wish."},
            {
                "applicant": "s2",
                "destination": "Praha",
                "wish": "2",
                "reason": "You got Praha, your second wish. Wish 1 (Lisboa): the last place went to score 8.1, yours is 7.9.",
            },
            {
                "applicant": "s3",
                "destination": "Praha",
                "wish": "1",
                "reason": "You got Praha, your first wish, on a place reserved for your group.",
            },
            {
                "applicant": "s4",
                "destination": "",
                "wish": "",
                "reason": "You got no place. Wish 1 (Praha): the last place went to score 7.9, yours is 7.7.",
            },
        ]
    report = json.loads((folder / "R.json").read_text())
    assert report["counts"]["placed"] == 3
    assert report["audit"]["passed"] is True
    assert len(report["input_hash"]) == 64
    assert "s1" not in (folder / "R.json").read_text()


def test_row_order_never_matters(folder: Path) -> None:
    assert goliard_place(folder, "--report", str(folder / "R.json")).exit_code == 0
    before = (folder / "OUT.csv").read_bytes(), (folder / "R.json").read_bytes()
    for name, text in (("A.csv", APPLICANTS), ("D.csv", DESTINATIONS)):
        head, *rows = text.splitlines()
        random.Random(1).shuffle(rows)
        (folder / name).write_text("\r\n".join([head, *rows]))
    assert goliard_place(folder, "--report", str(folder / "R.json")).exit_code == 0
    assert ((folder / "OUT.csv").read_bytes(), (folder / "R.json").read_bytes()) == before


@pytest.mark.skipif(not AVAILABLE, reason="numba is not installed: every file is placed by the reference")
def test_large_rounds_get_the_same_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert goliard_place(folder, "--report", str(folder / "R.json"), "--lang", "nl").exit_code == 0
    reference = (folder / "OUT.csv").read_bytes(), (folder / "R.json").read_bytes()
    (folder / "OUT.csv").unlink()
    monkeypatch.setattr("goliard.cli.place.LARGE", 0)
    assert goliard_place(folder, "--report", str(folder / "R.json"), "--lang", "nl").exit_code == 0
    assert ((folder / "OUT.csv").read_bytes(), (folder / "R.json").read_bytes()) == reference
    (folder / "A.csv").write_text("applicant,wish,destination,score\nx,1,Lisboa,nan\n")  # left to the reference, which says where
    result = goliard_place(folder)
    assert (result.exit_code, "row 2, column score" in result.stderr) == (2, True)


def test_in_dutch(folder: Path) -> None:
    assert goliard_place(folder, "--lang", "nl").exit_code == 0
    assert "de laatste plaats ging naar score 8,1, die van jou is 7,9." in (folder / "OUT.csv").read_text()


def test_a_tie_that_decides_needs_a_rule(folder: Path) -> None:
    (folder / "A.csv").write_text("applicant,wish,destination,score\nx,1,Lisboa,7\ny,1,Lisboa,7.0\n")
    result = goliard_place(folder)
    assert (result.exit_code, result.stderr) == (2, "equal scores decide: at Lisboa x, y all have score 7; name a rule for ties.\n")
    assert not (folder / "OUT.csv").exists()
    assert goliard_place(folder, "--ties", "applicant").exit_code == 0
    assert "x,Lisboa,1," in (folder / "OUT.csv").read_text()
    assert goliard_place(folder, "--ties", "2027").exit_code == 0


def test_the_input_is_wrong(folder: Path) -> None:
    (folder / "A.csv").write_text("applicant,wish,destination,score\nx,1,Lisboa,nan\n")
    (folder / "OUT.csv").write_text("last year")
    result = goliard_place(folder, "--lang", "nl")
    assert result.exit_code == 2
    assert result.stderr == (
        f"{folder / 'A.csv'}, rij 2, kolom score: “nan” is geen decimaal getal met een punt, zoals 7.9 "
        "(ten hoogste 18 cijfers aan elke kant).\n"
    )
    assert (folder / "OUT.csv").read_text() == "last year"


def test_serial_dictatorship_takes_one_score(folder: Path) -> None:
    assert goliard_place(folder, "--policy", "serial-dictatorship").exit_code == 0
    (folder / "A.csv").write_text("applicant,wish,destination,score\nx,1,Lisboa,7\nx,2,Praha,8\n")
    result = goliard_place(folder, "--policy", "serial-dictatorship")
    assert (result.exit_code, "row 3, column score" in result.stderr) == (2, True)


@pytest.mark.parametrize(
    "more", [("--policy", "dice"), ("--lang", "fr"), ("--report", "OUT.csv"), ("--report", "A.csv"), ("--report", "nowhere/R.json")]
)
def test_the_call_is_wrong(folder: Path, more: tuple[str, str]) -> None:
    option, value = more
    result = goliard_place(folder, option, str(folder / value) if option == "--report" else value)
    assert result.exit_code == 2
    assert result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["A.csv", "D.csv"]
    assert (folder / "A.csv").read_text() == APPLICANTS


def test_nothing_is_left_half_written(folder: Path) -> None:
    (folder / "OUT.csv").mkdir()
    assert goliard_place(folder).exit_code == 2
    assert sorted(path.name for path in folder.iterdir()) == ["A.csv", "D.csv", "OUT.csv"]


def test_out_may_be_a_pipe(folder: Path) -> None:
    call = [sys.executable, "-m", "goliard", "place", "--applicants", "A.csv", "--destinations", "D.csv", "--out", "/dev/stdout"]
    source = str(Path(goliard.__file__).parents[1])
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": source})
    assert done.stdout.splitlines()[:2] == ["applicant,destination,wish,reason", 's1,Lisboa,1,"You got Lisboa, your first wish."']
    assert sorted(path.name for path in folder.iterdir()) == ["A.csv", "D.csv"]


def test_a_run_that_fails_the_audit_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wasteful = replace(DEFERRED_ACCEPTANCE, allocate=lambda _market, _ties: {})
    monkeypatch.setitem(POLICIES, "deferred-acceptance", wasteful)
    result = goliard_place(folder, "--ties", "applicant")
    assert (result.exit_code, result.stderr) == (1, "the audit found reserves: 1, no-waste: 6\n")
    assert sorted(path.name for path in folder.iterdir()) == ["A.csv", "D.csv"]


def test_the_stored_input_of_a_run_gives_what_the_files_gave(folder: Path) -> None:
    assert goliard_place(folder, "--report", str(folder / "R.json")).exit_code == 0
    stored = (
        "goliard placement input 1\nD\tLisboa\t1\nD\tPraha\t2\nR\tPraha\tfew\t1\n"
        "A\ts1\nW\ts1\t1\tLisboa\t8.1\nW\ts1\t2\tPraha\t8.1\nA\ts2\nW\ts2\t1\tLisboa\t7.9\nW\ts2\t2\tPraha\t7.9\n"
        "A\ts3\tfew\nW\ts3\t1\tPraha\t7.5\nA\ts4\nW\ts4\t1\tPraha\t7.7\n"
    )
    (folder / "input.txt").write_text(stored)
    again = ["--snapshot", str(folder / "input.txt"), "--out", str(folder / "OUT2.csv"), "--report", str(folder / "R2.json")]
    assert CliRunner().invoke(main, ["place", *again]).exit_code == 0
    assert (folder / "OUT2.csv").read_text() == (folder / "OUT.csv").read_text()
    assert (folder / "R2.json").read_text() == (folder / "R.json").read_text()


@pytest.mark.parametrize(
    ("text", "said"),
    [("applicant,wish\n", "no line of a placement's input"), ("goliard placement input 1\nD\tA\tx\n", "invalid literal")],
)
def test_a_text_that_is_no_input_is_refused(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "input.txt").write_text(text + "Z\n")
    done = CliRunner().invoke(main, ["place", "--snapshot", str(tmp_path / "input.txt"), "--out", str(tmp_path / "OUT.csv")])
    assert (done.exit_code, said in done.output) == (2, True), done.output
    assert not (tmp_path / "OUT.csv").exists()


def test_the_input_is_given_in_one_way(folder: Path) -> None:
    done = goliard_place(folder, "--snapshot", str(folder / "A.csv"))
    assert done.exit_code == 2
    assert "Give --applicants and --destinations, or --snapshot." in done.output
