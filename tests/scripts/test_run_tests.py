"""A few failing tests are asked once more; a fault stays a fault."""

from __future__ import annotations

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
    monkeypatch.setattr("sys.argv", ["run_tests.py", "--", "-p", "no:django", "test_one.py"])
    assert run_tests.main() == status
    assert ("UNSTEADY, failed once and passed when asked again: test_one.py::test_it (sqlite)" in capfd.readouterr().out) is unsteady
