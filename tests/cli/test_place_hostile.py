"""Files that are wrong, and places where nothing can be written: `goliard place` says where, in both languages, and writes nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import goliard
from goliard.cli import main

A = "applicant,wish,destination,score\n"
D = "destination,places\n"
PLACES = D + "Lisboa,1\nPraha,2\n"
LIMITS = "destination,places,reserved_group,reserved_places,max_group,max_places\n"
ONE = A + "x,1,Lisboa,7\n"
SCORE_NL = "is geen decimaal getal met een punt, zoals 7.9 (ten hoogste 18 cijfers aan elke kant)."

# what is wrong; the file of applicants, that of destinations; which file, row and column; the sentence in Dutch
WRONG = [
    ("an empty file", "", PLACES, "A", "1, kolom applicant", "deze kolom ontbreekt."),
    ("no destinations at all", ONE, "", "D", "1, kolom destination", "deze kolom ontbreekt."),
    ("a column twice", A.replace("score", "wish"), PLACES, "A", "1, kolom score", "deze kolom ontbreekt."),
    ("a header twice", "applicant,wish,destination,score,wish\n", PLACES, "A", "1, kolom wish", "deze kolom komt tweemaal voor."),
    ("an unknown column", "applicant,wish,destination,score,name\n", PLACES, "A", "1, kolom name", "kolom 5 is onbekend."),
    ("a semicolon between cells", A.replace(",", ";"), PLACES, "A", "1, kolom applicant", "deze kolom ontbreekt."),
    ("a comma in a score", A + 'x,1,Lisboa,"8,1"\n', PLACES, "A", "2, kolom score", f"“8,1” {SCORE_NL}"),
    ("a power of ten", A + "x,1,Lisboa,1e400\n", PLACES, "A", "2, kolom score", f"“1e400” {SCORE_NL}"),
    ("no number", A + "x,1,Lisboa,NaN\n", PLACES, "A", "2, kolom score", f"“NaN” {SCORE_NL}"),
    ("no finite number", A + "x,1,Lisboa,Infinity\n", PLACES, "A", "2, kolom score", f"“Infinity” {SCORE_NL}"),
    ("a digit of another script", A + "x,1,Lisboa,７\n", PLACES, "A", "2, kolom score", f"“７” {SCORE_NL}"),
    ("a NUL", A + "x\0y,1,Lisboa,7\n", PLACES, "A", "2, kolom applicant", "bevat een onzichtbaar teken."),
    ("a line of ten megabytes", A + "x" * 10_000_000 + ",1,Lisboa,7\n", PLACES, "A", "2", "geen leesbare CSV-rij"),
    ("a quote that never closes", A + '"x,1,Lisboa,7\n', PLACES, "A", "2", "geen leesbare CSV-rij"),
    ("another encoding", (A + "x,1,Malmö,7\n").encode("latin-1"), PLACES, "A", "2", "geen UTF-8"),
    ("a gap between wishes", ONE + "x,3,Praha,7\n", PLACES, "A", "3, kolom wish", "x heeft geen wens 2."),
    ("a wish twice", ONE + "x,1,Praha,7\n", PLACES, "A", "3, kolom wish", "x heeft al een wens 1."),
    ("a destination twice in a list", ONE + "x,2,Lisboa,7\n", PLACES, "A", "3, kolom destination", "x noemt “Lisboa” tweemaal."),
    ("an unknown destination", A + "x,1,Wien,7\n", PLACES, "A", "2, kolom destination", "bestemming “Wien” is onbekend."),
    (
        "two groups", "applicant,wish,destination,score,group\nx,1,Lisboa,7,few\nx,2,Praha,7,law\n", PLACES,
        "A", "3, kolom group", "“law” is anders dan de groep “few” van x in een eerdere rij.",
    ),
    ("a destination listed twice", ONE, D + "Lisboa,1\nLisboa,1\n", "D", "3, kolom destination", "“Lisboa” staat er al."),
    ("fewer than no places", ONE, D + "Lisboa,-1\n", "D", "2, kolom places", "“-1” is geen geheel getal van 0 tot en met 1000000."),
    ("half a place", ONE, D + "Lisboa,1.5\n", "D", "2, kolom places", "“1.5” is geen geheel getal van 0 tot en met 1000000."),
    ("far too many places", ONE, D + "Lisboa,1000001\n", "D", "2, kolom places", "“1000001” is geen geheel getal van 0 tot en met"),
    ("more reserved than there is", ONE, LIMITS + "Lisboa,1,few,2,,\n", "D", "2, kolom reserved_places", "2 is meer dan de 1 plaatsen."),
    ("a maximum of nobody", ONE, LIMITS + "Lisboa,1,,,,1\n", "D", "2, kolom max_group", "er is een maximum, maar voor welke groep?"),
    ("a reserve above its maximum", ONE, LIMITS + "Lisboa,2,few,2,few,1\n", "D", "2, kolom max_places", "voor deze groep zijn 2 plaatsen"),
]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "A.csv").write_text(ONE)
    (tmp_path / "D.csv").write_text(PLACES)
    return tmp_path


def goliard_place(folder: Path, *more: str, out: str = "OUT.csv") -> Result:
    paths = ["--applicants", str(folder / "A.csv"), "--destinations", str(folder / "D.csv"), "--out", str(folder / out)]
    return CliRunner().invoke(main, ["place", *paths, *more])


@pytest.mark.parametrize(("applicants", "destinations", "file", "where", "said"), [row[1:] for row in WRONG], ids=[row[0] for row in WRONG])
def test_what_is_wrong_is_said_with_file_row_and_column(
    folder: Path, applicants: str | bytes, destinations: str, file: str, where: str, said: str
) -> None:
    (folder / "A.csv").write_bytes(applicants.encode() if isinstance(applicants, str) else applicants)
    (folder / "D.csv").write_text(destinations)
    (folder / "OUT.csv").write_text("last year")
    found = {language: goliard_place(folder, "--lang", language) for language in ("nl", "en")}
    assert {language: result.exit_code for language, result in found.items()} == {"nl": 2, "en": 2}
    assert found["nl"].stderr.startswith(f"{folder / f'{file}.csv'}, rij {where}: {said}"), found["nl"].stderr
    assert found["en"].stderr.startswith(f"{folder / f'{file}.csv'}, row {where.replace('kolom', 'column')}: ")
    assert found["en"].stderr.count("\n") == 1
    assert found["en"].stderr != found["nl"].stderr
    assert sorted(path.name for path in folder.iterdir()) == ["A.csv", "D.csv", "OUT.csv"]
    assert (folder / "OUT.csv").read_text() == "last year"


def test_what_a_spreadsheet_writes_is_read(folder: Path) -> None:
    """A byte order mark, CRLF, quotes, blanks around cells, blank lines, no line feed at the end."""
    text = '\ufeff"applicant","wish","destination","score"\r\n"x, jr.", 1 ,"Lisboa"," 7.50 "\r\n\r\ny,1,Praha,-3'
    (folder / "A.csv").write_bytes(text.encode())
    (folder / "D.csv").write_bytes(("\ufeff" + PLACES.replace("\n", "\r\n")).encode())
    assert goliard_place(folder).exit_code == 0
    assert (folder / "OUT.csv").read_text().splitlines() == [
        "applicant,destination,wish,reason",
        '"x, jr.",Lisboa,1,"You got Lisboa, your first wish."',
        'y,Praha,1,"You got Praha, your first wish."',
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", "rij 3, kolom score: x heeft eerder score 7; serial-dictatorship vraagt één score per kandidaat."),
        ("en", "row 3, column score: x has score 7 before; serial-dictatorship takes one score an applicant."),
    ],
)
def test_two_scores_of_one_applicant_are_shown_where_they_stand(folder: Path, language: str, said: str) -> None:
    (folder / "A.csv").write_text(ONE + "x,2,Praha,8\n")
    result = goliard_place(folder, "--policy", "serial-dictatorship", "--lang", language)
    assert (result.exit_code, result.stderr) == (2, f"{folder / 'A.csv'}, {said}\n")


def test_a_maximum_is_hard(folder: Path) -> None:
    (folder / "A.csv").write_text("applicant,wish,destination,score,group\nx,1,Praha,9,law\ny,1,Praha,8,law\nz,1,Praha,7,\n")
    (folder / "D.csv").write_text("destination,places,max_group,max_places\nPraha,3,law,1\n")
    assert goliard_place(folder).exit_code == 0
    lines = (folder / "OUT.csv").read_text().splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == ["Praha", "", "Praha"]
    assert "your group may hold at most 1 here; the last of those went to score 9, yours is 8." in lines[2]


@pytest.mark.parametrize("name", ["A.csv", "D.csv"])
def test_no_file_is_read_and_written(folder: Path, name: str) -> None:
    (folder / "link.csv").symlink_to(folder / name)
    before = (folder / name).read_text()
    for out in (name, "link.csv"):
        result = goliard_place(folder, out=out)
        assert (result.exit_code, "is already read or written by this command" in result.stderr) == (2, True)
    assert (folder / name).read_text() == before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full to write to in vain")
def test_a_full_disk_is_an_error(folder: Path) -> None:
    result = CliRunner().invoke(
        main, ["place", "--applicants", str(folder / "A.csv"), "--destinations", str(folder / "D.csv"), "--out", "/dev/full"]
    )
    assert result.exit_code == 2
    assert "No space left on device" in result.stderr


def test_a_link_is_followed(folder: Path) -> None:
    (folder / "elsewhere").mkdir()
    (folder / "OUT.csv").symlink_to(folder / "elsewhere" / "this year.csv")
    assert goliard_place(folder).exit_code == 0
    assert (folder / "OUT.csv").is_symlink()
    assert (folder / "elsewhere" / "this year.csv").read_text().startswith("applicant,")


KILLED = """
    import os, time
    from click.testing import CliRunner
    from goliard.cli import main
    def stuck(number):
        print("in hand", flush=True)
        time.sleep(600)
    os.fsync = stuck
    CliRunner().invoke(main, ["place", "--applicants", "A.csv", "--destinations", "D.csv", "--out", "OUT.csv"])
"""


def test_killed_while_writing_it_leaves_the_file_of_last_year(folder: Path) -> None:
    (folder / "OUT.csv").write_text("last year")
    code = "import sys; real = sys.stdout\n" + textwrap.dedent(KILLED).replace("flush=True", "flush=True, file=real")
    environment = {**os.environ, "PYTHONPATH": str(Path(goliard.__file__).parents[1])}
    process = subprocess.Popen([sys.executable, "-c", code], cwd=folder, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "in hand\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    assert (folder / "OUT.csv").read_text() == "last year"
    assert goliard_place(folder).exit_code == 0
    assert (folder / "OUT.csv").read_text().startswith("applicant,")
