"""Every test is run, in one part for each database; a few failing tests are asked once more, and a fault stays a fault."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import run_tests

UNSTEADY = """
import os
from pathlib import Path

def test_it():
    seen = Path(os.environ["GOLIARD_TEST_DATABASE"])
    if not seen.exists():
        seen.touch()
        raise AssertionError
"""


@pytest.fixture(autouse=True)
def _plain_pytest(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suites of these tests need none of the plugins, which take a second to load."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")


@pytest.mark.parametrize(
    ("code", "status", "unsteady"),
    [
        (UNSTEADY, 0, True),
        ("def test_it():\n    assert False\n", 1, False),
        ("import pytest\n@pytest.mark.parametrize('n', range(6))\ndef test_it(n):\n    assert n is None\n", 1, False),
    ],
    ids=["an accident", "a fault", "many faults are not asked again"],
)
def test_what_failed_is_asked_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], code: str, status: int, unsteady: bool
) -> None:
    (tmp_path / "test_one.py").write_text(code)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["run_tests.py", "--", "test_one.py"])
    assert run_tests.main() == status
    assert ("UNSTEADY, failed once and passed when asked again: test_one.py::test_it (sqlite)" in capfd.readouterr().out) is unsteady


def test_every_test_is_in_one_part_on_sqlite_and_in_the_part_of_postgresql() -> None:
    root = Path(run_tests.__file__).parents[1]
    every = {str(path.relative_to(root)) for path in (root / "tests").rglob("test_*.py")}
    files = {part: [name for name in sorted(every) if _takes(part, name)] for part in run_tests.parts([])}
    on_sqlite = sorted(name for part, names in files.items() if part.database == "sqlite" for name in names)
    assert on_sqlite == sorted(every)
    assert [sorted(names) for part, names in files.items() if part.database == "postgresql"] == [sorted(every)]
    assert [part.title for part, names in files.items() if not names] == []


def _takes(part: run_tests.Part, name: str) -> bool:
    left_out = [word.removeprefix("--ignore=") for word in part.words if word.startswith("--ignore=")]
    taken = [word for word in part.words if not word.startswith("-")]
    return any(name.startswith(f"{each}/") for each in taken) and not any(name.startswith(f"{each}/") for each in left_out)


def test_with_words_both_databases_are_asked_the_same() -> None:
    assert [(part.database, part.words) for part in run_tests.parts(["-k", "placement"])] == [
        ("sqlite", ("-k", "placement")),
        ("postgresql", ("-k", "placement")),
    ]


def test_a_part_that_fails_hides_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    for folder, code in (("tests/one", "def test_it():\n    assert False\n"), ("tests/two", "def test_it():\n    pass\n")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "test_it.py").write_text(code)
    monkeypatch.chdir(tmp_path)
    these = [run_tests.Part(f"tests/{name}", "sqlite", (f"tests/{name}",)) for name in ("one", "two")]
    outcomes = run_tests.run_all(these, jobs=2, coverage=False, done=run_tests.show)
    assert [outcomes[part].status for part in these] == [1, 0]
    told = capfd.readouterr().out
    assert ("== tests/one on sqlite (" in told, "== tests/two on sqlite (" in told) == (True, True)


SLEEPING = """
import os, time
from pathlib import Path

def test_it():
    Path("pid").write_text(str(os.getpid()))
    time.sleep(600)
"""


def test_a_run_that_is_stopped_leaves_nothing_running_and_starts_nothing_more(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text(SLEEPING)
    command = [sys.executable, run_tests.__file__, "--jobs", "1", "--", "test_one.py"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, text=True) as running:
        until = time.monotonic() + 120
        while not (started := tmp_path / "pid").exists() or not started.read_text():
            assert time.monotonic() < until, "it never starts"
            time.sleep(0.1)
        running.terminate()
        said, _ = running.communicate(timeout=120)
    assert running.returncode == 1
    assert "== tests on" not in said
    with pytest.raises(ProcessLookupError):
        os.kill(int(started.read_text()), 0)
