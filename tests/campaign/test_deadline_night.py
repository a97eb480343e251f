"""Two thousand students in the last ten minutes, on PostgreSQL with two web workers. No submission lost, doubled or stamped late.

The ten minutes are not waited for: students press on as fast as the house answers, and the deadline is moved to fall while most have
handed in and the rest still do. `GOLIARD_NIGHT_STUDENTS`, `GOLIARD_NIGHT_AT_ONCE` and `GOLIARD_NIGHT_SAVES` change the size.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from tests.campaign.night.student import Student
from tests.postgresql import running_postgresql

ROOT = Path(__file__).resolve().parents[2]
STUDENTS = int(os.environ.get("GOLIARD_NIGHT_STUDENTS", "2000"))
AT_ONCE = int(os.environ.get("GOLIARD_NIGHT_AT_ONCE", "40"))
SAVES = int(os.environ.get("GOLIARD_NIGHT_SAVES", "5"))
BEFORE = 0.95  # the part that has handed in when the deadline is set
AHEAD = 4.0  # seconds from then until it falls
LATECOMERS = min(AT_ONCE // 2, STUDENTS // 20)  # who press after it


class Night:
    """The deadline, set once when most have handed in."""

    def __init__(self, known: dict[str, Any], database: dict[str, str]) -> None:
        self.known, self.database = known, database
        self.deadline = float("inf")
        self.done = 0
        self.lock = threading.Lock()

    def wait_until_past(self) -> None:
        """Return once the deadline lies behind."""
        while time.time() <= self.deadline + 0.01:
            time.sleep(0.05)

    def handed_in(self) -> None:
        """Count one; at the part that was chosen, move the deadline to a few seconds from now."""
        with self.lock:
            self.done += 1
            if self.done >= BEFORE * STUDENTS and self.deadline == float("inf"):
                moment = datetime.fromtimestamp(int(time.time() + AHEAD), ZoneInfo(self.known["zone"]))
                with psycopg.connect(**self.database) as line:
                    line.execute(
                        "UPDATE rounds_round SET closes_on = %s, closes_at = %s", (moment.date(), moment.time().replace(tzinfo=None))
                    )
                self.deadline = moment.timestamp()


@pytest.mark.campaign
def test_deadline_night(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with running_postgresql() as host:
        environment = _environment(tmp_path, host)
        known = json.loads(_stage(environment, "make", str(STUDENTS)).splitlines()[-1])
        with _serving(environment, tmp_path) as (port, server):
            database = {"host": str(host), "user": "postgres", "dbname": "postgres"}
            night, roots = Night(known, database), (server, _postmaster(database))
            students = [Student(number, port, session, known) for number, session in enumerate(known["sessions"])]
            began, before = time.monotonic(), _processor_time(*roots)
            with ThreadPoolExecutor(AT_ONCE) as pool:
                list(pool.map(lambda student: _evening(student, night), students))
            took, after = time.monotonic() - began, _processor_time(*roots)
        told = json.loads(_stage(environment, "tell").splitlines()[-1])
    with capsys.disabled():
        sys.stdout.write(f"\n{_told_latency(students, took)}\n")
        requests = sum(len(student.answered) for student in students)
        web, stored = (1000 * (late - early) / requests for early, late in zip(before, after, strict=True))
        sys.stdout.write(f"processor time a request: web workers {web:.1f} ms, database {stored:.1f} ms\n")
    assert [fault for student in students for fault in student.faults] == []
    _judge(students, night.deadline, told)


def _evening(student: Student, night: Night) -> None:
    windows: list[tuple[Student, threading.Thread]] = []

    def before_pressing(first: Student) -> None:
        if first.number >= STUDENTS - LATECOMERS:
            night.wait_until_past()
        elif first.number % 5 == 0:
            window = Student(first.number, first.port, first.session, first.known)
            windows.append((window, threading.Thread(target=window.submit, args=(first.base,))))
            windows[0][1].start()

    student.evening(SAVES, before_pressing=before_pressing)
    for window, thread in windows:
        thread.join()
        student.join(window)
    student.line.close()
    night.handed_in()


def _judge(students: list[Student], deadline: float, told: dict[str, Any]) -> None:
    """Every student: in time is taken, exactly once, as it was last saved and stamped; late is refused and leaves nothing."""
    wrong = []
    for student in students:
        row = told["applications"].get(str(student.number), {"submissions": [], "answers": []})
        if any(sent <= deadline for sent in student.turned_away):
            wrong.append(f"{student.number}: could not begin in time")
        if student.turned_away:
            continue
        presses = [each.sent for each in student.answered if each.kind == "submit"]
        in_time = [sent for sent in presses if sent <= deadline]
        submissions = row["submissions"]
        if row["answers"] != ([student.text] if student.text else []):
            wrong.append(f"{student.number}: the last text is lost")
        if len(submissions) != (1 if in_time else 0):
            wrong.append(f"{student.number}: pressed in time {len(in_time)} times, kept {len(submissions)}")
        if bool(student.accepted) != bool(in_time):
            wrong.append(f"{student.number}: told {'taken' if student.accepted else 'refused'}, pressed at {presses}, deadline {deadline}")
        for each in submissions:
            if not any(abs(each["received"] - sent) < 0.002 for sent in in_time):
                wrong.append(f"{student.number}: stamped {each['received']}, pressed at {presses}")
            if not each["whole"] or each["answer"] != student.text or (each["wishes"], each["documents"]) != (2, 1):
                wrong.append(f"{student.number}: kept something else than was written")
    assert wrong == []
    assert told["letters"] == sum(len(row["submissions"]) for row in told["applications"].values())
    assert any(student.refused for student in students), "the deadline fell after everybody: nothing was tried"
    assert deadline != float("inf")


def _told_latency(students: list[Student], took: float) -> str:
    kinds: dict[str, list[float]] = defaultdict(list)
    for student in students:
        for each in student.answered:
            kinds[each.kind].append(each.back - each.sent)
            kinds["all"].append(each.back - each.sent)
    count = len(kinds["all"])
    load = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    lines = [
        f"{len(students)} students, {AT_ONCE} at once, {count} requests in {took:.0f} s ({count / took:.0f} a second), {load}",
        f"{'':10}{'number':>8}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'most ms':>9}",
    ]
    for kind, seconds in kinds.items():
        cuts = statistics.quantiles(seconds, n=100) if len(seconds) > 1 else seconds * 99
        lines.append(
            f"{kind:10}{len(seconds):8}" + "".join(f"{value * 1000:9.0f}" for value in (cuts[49], cuts[94], cuts[98], max(seconds)))
        )
    late = sum(1 for student in students if student.refused and not student.accepted)
    lines.append(f"taken {sum(1 for student in students if student.accepted)}, refused as late {late}")
    return "\n".join(lines)


def _processor_time(*roots: int) -> list[float]:
    """Seconds of processor time so far of each process with all that it started."""
    parents: dict[int, int] = {}
    spent: dict[int, float] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile
        pid = int(stat.parent.name)
        parents[pid], spent[pid] = int(fields[1]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return [sum(spent.get(pid, 0.0) for pid in _below(root, parents)) for root in roots]


def _below(root: int, parents: dict[int, int]) -> set[int]:
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _postmaster(database: dict[str, str]) -> int:
    """The process that started the one that answers us."""
    with psycopg.connect(**database) as line:
        row = line.execute("SELECT pg_backend_pid()").fetchone()
        assert row is not None
        return int(Path(f"/proc/{row[0]}/stat").read_text().rpartition(")")[2].split()[1])


def _environment(folder: Path, host: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("GOLIARD_", "DJANGO_"))}
    return {
        **kept,
        "GOLIARD_DATA": str(folder / "data"),
        "GOLIARD_DATABASE_URL": f"postgresql://postgres@{str(host).replace('/', '%2F')}/postgres",
        "GOLIARD_ARRIVAL_HEADER": "X-Request-Start",
        "DJANGO_SETTINGS_MODULE": "goliard.project.settings.demo",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
    }


def _stage(environment: dict[str, str], *words: str) -> str:
    Path(environment["GOLIARD_DATA"]).mkdir(exist_ok=True)
    command = [sys.executable, str(ROOT / "tests" / "campaign" / "night" / "stage.py"), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@contextmanager
def _serving(environment: dict[str, str], folder: Path) -> Iterator[tuple[int, int]]:
    """`goliard serve` with two workers, until the night is over: its port and process. What it complained about is shown where it fails."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    log = folder / "server.log"
    with log.open("w") as stream:
        command = [sys.executable, "-m", "goliard", "serve", "--port", str(port), "--workers", "2"]
        server = subprocess.Popen(command, env=environment, stdout=stream, stderr=stream)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                assert server.poll() is None, log.read_text()[-3000:]
                time.sleep(0.2)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(60)
