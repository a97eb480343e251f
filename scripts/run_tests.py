"""Run the test suite on SQLite and, beside it, the tests that touch a database once more on PostgreSQL (`make test`).

Usage: run_tests.py [--coverage] [--checks] [--jobs N] [--] [words for pytest]

The suite is cut into parts, so that every processor has work until the end; a part is a process, and what it says is shown when it has
finished. With words for pytest there are two parts: all on SQLite, all on PostgreSQL. `--checks` adds the checks that run no test.
Every part runs even when another fails, so that one run shows everything; the exit status is the first failure's.

A few failing tests are asked once more, alone: a fault fails again, a test that hung on how busy the machine was does not. Such a test is
named at the end as unsteady, which is a defect of the test to mend, but not of the change at hand.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

TESTS_FAILED = 1  # pytest's exit statuses
NO_TEST_SELECTED = 5  # with PYTEST="-k …" one of the two runs may have nothing to do
ASKED_AGAIN = 5  # more failures than this are no accident
MOST_JOBS = 4  # the longest part takes as long as all others in three processes
DATABASES = ("sqlite", "postgresql")
# What none of these folders holds is in the part of the rest, so that no test is left out. The longest part starts first.
ALONE = ("tests/journeys", "tests/portals", "tests/cli", "tests/ewp_node")
FRESH = {"PYTHONDONTWRITEBYTECODE"}  # every process would compile all of Goliard anew


@dataclass(frozen=True)
class Part:
    """A process: tests on one of the databases, or the checks that run none (`database` empty)."""

    name: str
    database: str
    words: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        return f"{self.name} on {self.database}" if self.database else self.name

    @property
    def cache(self) -> Path:
        """Where pytest remembers what failed; each part has its own, because several run at once."""
        return Path(".pytest_cache") / f"{self.database}-{self.name.replace('/', '-').replace(' ', '-')}"


@dataclass
class Outcome:
    """How a part ended, what it said, and the tests that failed first and passed when they were asked again."""

    status: int
    said: str
    seconds: float
    processor: float  # seconds of a processor, of the part and all that it started: a busy machine lengthens these little
    unsteady: tuple[str, ...] = ()

    @property
    def took(self) -> str:
        return f"{self.seconds:.0f} s, {self.processor:.0f} s of a processor"


CHECKS = Part("checks", "")
RUNNING: set[int] = set()  # process ids


def parts(words: list[str]) -> list[Part]:
    """What there is to run."""
    if words:
        return [Part("tests", database, tuple(words)) for database in DATABASES]
    rest = Part("rest of the tests", "sqlite", ("tests", *(f"--ignore={folder}" for folder in ALONE)))
    return [Part("tests", "postgresql", ("tests",)), rest, *(Part(folder, "sqlite", (folder,)) for folder in ALONE)]


def run(part: Part, *, coverage: bool, again: bool = False) -> Outcome:
    """Run a part to its end."""
    runner = ["coverage", "run", "--parallel-mode", "-m", "pytest"] if coverage and part.database == "sqlite" else ["pytest"]
    last_failed = ["--last-failed", "--last-failed-no-failures=none"] if again else []
    tests = [sys.executable, "-m", *runner, "-o", f"cache_dir={part.cache}", *part.words, *last_failed]
    command = tests if part.database else [sys.executable, "scripts/check.py"]
    environment = {name: value for name, value in os.environ.items() if name not in FRESH} | {"GOLIARD_TEST_DATABASE": part.database}
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=environment, stdout=said, stderr=subprocess.STDOUT)
        RUNNING.add(process.pid)
        _, ended, used = os.wait4(process.pid, 0)
        RUNNING.discard(process.pid)
        process.returncode = os.waitstatus_to_exitcode(ended)
        said.seek(0)
        text = said.read().decode(errors="replace")
        return Outcome(process.returncode, text, time.monotonic() - started, used.ru_utime + used.ru_stime)


def run_all(these: list[Part], *, jobs: int, coverage: bool, done: Callable[[Part, Outcome], None]) -> dict[Part, Outcome]:
    """Run all parts, some at a time, and tell of each when it has finished."""
    outcomes = {}
    with ThreadPoolExecutor(jobs) as slots:
        running = {slots.submit(run, part, coverage=coverage): part for part in these}
        try:
            for future in as_completed(running):
                outcomes[running[future]] = future.result()
                done(running[future], future.result())
        except BaseException:  # stopped by Ctrl-C or SIGTERM: nothing more starts, and what runs ends
            slots.shutdown(wait=False, cancel_futures=True)
            for pid in list(RUNNING):
                os.kill(pid, signal.SIGTERM)
            raise
    return outcomes


def failed_in(cache: Path) -> list[str]:
    """The tests that failed in the last run that kept its memory there."""
    remembered = cache / "v/cache/lastfailed"
    return sorted(json.loads(remembered.read_text())) if remembered.is_file() else []


def ask_again(part: Part, first: Outcome, *, coverage: bool) -> Outcome:
    """Repeat the few tests that failed, alone; what passes now is unsteady."""
    failed = failed_in(part.cache)
    if first.status != TESTS_FAILED or not part.database or not 0 < len(failed) <= ASKED_AGAIN:
        return first
    print(f"\n== once more, alone: {len(failed)} that failed in {part.title}", flush=True)
    second = run(part, coverage=coverage, again=True)
    print(second.said, end="", flush=True)
    return replace(second, unsteady=tuple(failed) if second.status == 0 else ())


def show(part: Part, outcome: Outcome) -> None:
    """Print what a part said."""
    print(f"\n== {part.title} ({outcome.took})\n{outcome.said}", end="", flush=True)


def covered() -> int:
    """Put together what the parts covered, and judge it."""
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], check=False)
    return subprocess.run([*coverage, "report"], check=False).returncode


def main() -> int:
    """Run everything and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--coverage", action="store_true")
    parser.add_argument("--checks", action="store_true")
    parser.add_argument("--jobs", type=int, default=0, help="parts at once; 0: as many as there are processors, at most four")
    parser.add_argument("words", nargs="*")
    asked = parser.parse_args()
    jobs = asked.jobs or min(MOST_JOBS, len(os.sched_getaffinity(0)))
    tests = parts(asked.words)
    these = [*tests[:-1], *([CHECKS] if asked.checks else []), tests[-1]]
    print(
        f"{len(these)} parts, {jobs} at a time; each is shown when it has finished: {', '.join(part.title for part in these)}", flush=True
    )
    if asked.coverage:
        subprocess.run([sys.executable, "-m", "coverage", "erase"], check=False)
    outcomes = run_all(these, jobs=jobs, coverage=asked.coverage, done=show)
    if all(outcome.status == NO_TEST_SELECTED for outcome in outcomes.values()):
        return NO_TEST_SELECTED
    outcomes = {part: ask_again(part, outcomes[part], coverage=asked.coverage) for part in these}
    failures = [outcome.status for outcome in outcomes.values() if outcome.status not in {0, NO_TEST_SELECTED}]
    if asked.coverage and not failures:
        failures += [status for status in [covered()] if status]
    for part, outcome in outcomes.items():
        for name in outcome.unsteady:
            print(f"UNSTEADY, failed once and passed when asked again: {name} ({part.database})")
    print(f"\nTook: {'; '.join(f'{part.title} {outcomes[part].took}' for part in these)}")
    failed = [part.title for part, outcome in outcomes.items() if outcome.status not in {0, NO_TEST_SELECTED}]
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return failures[0] if failures else 0


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TESTS_FAILED))
    sys.exit(main())
