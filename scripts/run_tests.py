"""Run the test suite on SQLite, then the tests that touch a database once more on PostgreSQL (`make test`).

Usage: run_tests.py [--coverage] [--] [words for pytest]
Both runs happen even when the first fails, so that one run shows everything; the exit status is the first failure's.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

NO_TEST_SELECTED = 5  # pytest's exit status: with PYTEST="-k …" one of the two runs may have nothing to do


def run(database: str, words: list[str], *, coverage: bool) -> int:
    """Run pytest once and return its exit status."""
    print(f"\n== tests on {database}", flush=True)
    runner = ["coverage", "run", "-m", "pytest"] if coverage else ["pytest"]
    command = [sys.executable, "-m", *runner, *words]
    return subprocess.run(command, env={**os.environ, "GOLIARD_TEST_DATABASE": database}, check=False).returncode


def main() -> int:
    """Run both, print the coverage between them, and end with pytest's own closing line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coverage", action="store_true")
    parser.add_argument("words", nargs="*")
    asked = parser.parse_args()
    statuses = [run("sqlite", asked.words, coverage=asked.coverage)]
    if asked.coverage and statuses[0] == 0:
        statuses.append(subprocess.run([sys.executable, "-m", "coverage", "report"], check=False).returncode)
    statuses.append(run("postgresql", asked.words, coverage=False))
    failures = [status for status in statuses if status not in {0, NO_TEST_SELECTED}]
    if all(status == NO_TEST_SELECTED for status in statuses):
        failures.append(NO_TEST_SELECTED)
    return failures[0] if failures else 0


if __name__ == "__main__":
    sys.exit(main())
