"""The test's side of two nodes: an office that tells its node what to do, and both together."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from goliard.cli.network.wrongbury.node import Wrongbury

ROOT = Path(__file__).resolve().parents[3]


class Refused(Exception):
    """The node refused, with its reasons."""


@dataclass
class Office:
    """One node. `office.propose(key=…)` is told to the process and its answer returned."""

    process: subprocess.Popen[str]

    def __getattr__(self, name: str) -> Any:
        def tell(**words: Any) -> Any:
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            self.process.stdin.write(json.dumps({"do": name, **words}) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
            assert line, f"the node ended while it was told to {name}"
            said = json.loads(line)
            if "refused" in said:
                raise Refused(said["refused"])
            assert "answer" in said, said["failed"]
            return said["answer"]

        return tell


@dataclass
class Two:
    """Two offices, the clock on both their walls, and a third university that may misbehave."""

    first: Office
    second: Office
    third: Wrongbury
    hours: float = 0.0
    names: Iterator[int] = field(default_factory=lambda: iter(range(1000)))

    def wait(self, hours: float) -> None:
        """Let time pass, on all clocks, without waiting."""
        self.hours += hours
        for office in (self.first, self.second):
            office.clock(hours=self.hours)
        moved = timedelta(hours=self.hours)
        self.third.clock = lambda: datetime.now(UTC) + moved

    def settle(self) -> None:
        """Let both workers work until neither has anything left to do at this hour."""
        for _ in range(30):
            if not any(self.first.work()) | any(self.second.work()):
                return
        raise AssertionError("the two nodes keep each other busy")

    def a_key(self) -> str:
        """A key that no agreement has yet."""
        return f"story-{next(self.names)}"


@contextlib.contextmanager
def office(environment: Mapping[str, str], port: int, certificate: Path, key: Path, log: Path) -> Iterator[Office]:
    """Run a node while the block runs."""
    command = [sys.executable, "-m", "tests.ewp_node.two_nodes.node_process", str(port), str(certificate), str(key)]
    with log.open("w") as errors:
        process = subprocess.Popen(
            command, env=dict(environment), cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        )
        try:
            yield Office(process)
        finally:
            process.kill()
            process.communicate()
