"""Run the test suite on SQLite and, beside it, the tests that touch a database once more on PostgreSQL (`make test`).

Usage: run_tests.py [--coverage] [--] [words for pytest]
Where there are two processors both runs go at once; what the second says is shown when the first has finished.
Both happen even when one fails, so that one run shows everything; the exit status is the first failure's.

A few failing tests are asked once more, alone: a fault fails again, a test that hung on how busy the machine was does not. Such a test is
named at the end as unsteady, which is a defect of the test to mend, but not of the change at hand.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

TESTS_FAILED = 1  # pytest's exit statuses
NO_TEST_SELECTED = 5  # with PYTEST="-k …" one of the two runs may have nothing to do
ASKED_AGAIN = 5  # more failures than this are no accident
DATABASES = ("sqlite", "postgresql")


def start(database: str, words: list[str], *, coverage: bool = False, output: IO[bytes] | None = None) -> subprocess.Popen[bytes]:
    """Start pytest on one of the databases."""
    runner = ["coverage", "run", "-m", "pytest"] if coverage else ["pytest"]
    command = [sys.executable, "-m", *runner, "-o", f"cache_dir={cache_of(database)}", *words]
    environment = {**os.environ, "GOLIARD_TEST_DATABASE": database}
    return subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT if output else None)


def cache_of(database: str) -> Path:
    """Where pytest remembers what failed; each database has its own, because both run at once."""
    return Path(".pytest_cache") / database


def run(words: list[str], *, coverage: bool, at_once: bool) -> dict[str, int]:
    """Run on both databases and return the exit status of each; what the second run says is printed last."""
    with tempfile.TemporaryFile() as said:
        second = start("postgresql", words, output=said) if at_once else None
        try:
            print("\n== tests on sqlite", flush=True)
            first = start("sqlite", words, coverage=coverage).wait()
            print("\n== tests on postgresql", flush=True)
            statuses = {"sqlite": first, "postgresql": (second or start("postgresql", words)).wait()}
        finally:
            if second and second.poll() is None:
                second.terminate()
        said.seek(0)
        sys.stdout.buffer.write(said.read())
        sys.stdout.flush()
    return statuses


def failed_in(cache: Path) -> list[str]:
    """The tests that failed in the last run that kept its memory there."""
    remembered = cache / "v/cache/lastfailed"
    return sorted(json.loads(remembered.read_text())) if remembered.is_file() else []


def ask_again(database: str, words: list[str]) -> tuple[int, list[str]]:
    """Repeat the few tests that failed, alone; return the exit status and, where they pass now, their names."""
    failed = failed_in(cache_of(database))
    if not 0 < len(failed) <= ASKED_AGAIN:
        return TESTS_FAILED, []
    print(f"\n== once more on {database}: {len(failed)} that failed", flush=True)
    status = start(database, [*words, "--last-failed", "--last-failed-no-failures=none"]).wait()
    return status, failed if status == 0 else []


def main() -> int:
    """Run both and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coverage", action="store_true")
    parser.add_argument("words", nargs="*")
    asked = parser.parse_args()
    statuses = run(asked.words, coverage=asked.coverage, at_once=(os.cpu_count() or 1) > 1)
    if all(status == NO_TEST_SELECTED for status in statuses.values()):
        return NO_TEST_SELECTED
    unsteady: list[str] = []
    for database in DATABASES:
        if statuses[database] == TESTS_FAILED:
            statuses[database], names = ask_again(database, asked.words)
            unsteady += [f"{name} ({database})" for name in names]
    failures = [status for status in statuses.values() if status not in {0, NO_TEST_SELECTED}]
    if asked.coverage and not failures:
        failures += [status for status in [subprocess.run([sys.executable, "-m", "coverage", "report"], check=False).returncode] if status]
    for name in unsteady:
        print(f"UNSTEADY, failed once and passed when asked again: {name}")
    return failures[0] if failures else 0


if __name__ == "__main__":
    sys.exit(main())
