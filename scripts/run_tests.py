"""Run the test suite on SQLite and, beside it, the tests that touch a database once more on PostgreSQL (`make test`).

Usage: run_tests.py [--coverage] [--] [words for pytest]
Where there are two processors both runs go at once; what the second says is shown when the first has finished.
Both happen even when one fails, so that one run shows everything; the exit status is the first failure's.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from typing import IO

NO_TEST_SELECTED = 5  # pytest's exit status: with PYTEST="-k …" one of the two runs may have nothing to do


def start(database: str, words: list[str], *, coverage: bool = False, output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start pytest on one of the databases."""
    runner = ["coverage", "run", "-m", "pytest"] if coverage else ["pytest"]
    command = [sys.executable, "-m", *runner, *words]
    environment = {**os.environ, "GOLIARD_TEST_DATABASE": database}
    return subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT if output else None)


def run(words: list[str], *, coverage: bool, at_once: bool) -> list[int]:
    """Run on both databases and return the exit statuses; pytest's closing line of the second run is printed last."""
    with tempfile.TemporaryFile() as said:
        second = start("postgresql", ["-p", "no:cacheprovider", *words], output=said) if at_once else None
        try:
            print("\n== tests on sqlite", flush=True)
            statuses = [start("sqlite", words, coverage=coverage).wait()]
            if coverage and statuses[0] == 0:
                statuses.append(subprocess.run([sys.executable, "-m", "coverage", "report"], check=False).returncode)
            print("\n== tests on postgresql", flush=True)
            statuses.append((second or start("postgresql", words)).wait())
        finally:
            if second and second.poll() is None:
                second.terminate()
        said.seek(0)
        sys.stdout.buffer.write(said.read())
        sys.stdout.flush()
    return statuses


def main() -> int:
    """Run both and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coverage", action="store_true")
    parser.add_argument("words", nargs="*")
    asked = parser.parse_args()
    statuses = run(asked.words, coverage=asked.coverage, at_once=(os.cpu_count() or 1) > 1)
    failures = [status for status in statuses if status not in {0, NO_TEST_SELECTED}]
    if all(status == NO_TEST_SELECTED for status in statuses):
        failures.append(NO_TEST_SELECTED)
    return failures[0] if failures else 0


if __name__ == "__main__":
    sys.exit(main())
