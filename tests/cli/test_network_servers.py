"""The servers of a network on one machine end with the program that started them, also where that is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from goliard.cli.network.authority import local_tls
from goliard.cli.network.processes import free_ports

LONG = 90.0  # seconds until servers that should end are gone
PROGRAM = """
import os, sys, time
from pathlib import Path
from goliard.cli.network.authority import LocalTls
from goliard.cli.network.processes import running, wait_until_served
folder, port = Path(sys.argv[1]), int(sys.argv[2])
tls = LocalTls(*map(Path, sys.argv[3:6]))
with running({"here": dict(os.environ)}, {"here": port}, tls, folder):
    wait_until_served(f"https://127.0.0.1:{port}/healthz", tls)
    me = os.getpid()
    print(Path(f"/proc/{me}/task/{me}/children").read_text(), flush=True)
    time.sleep(600)
"""


def alive(group: int) -> list[str]:
    """What still runs of a group of processes."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            state, _parent, of = (place / "stat").read_text().rpartition(")")[2].split()[:3]
            if int(of) == group and state != "Z":
                found.append((place / "cmdline").read_bytes().replace(b"\0", b" ").decode())
        except OSError:  # it ended while we looked
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes where Linux lists them")
def test_servers_end_with_the_program_that_started_them_also_where_it_is_killed(installations, tmp_path: Path) -> None:
    here = installations.migrated()
    tls = local_tls(tmp_path / "tls", datetime.now(UTC))
    (port,) = free_ports(1, 9_851)
    files = [str(tls.authority), str(tls.certificate), str(tls.key)]
    environment = here.environment | {"GOLIARD_EWP_URL": f"https://127.0.0.1:{port}"}
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), str(port), *files]
    program = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    try:
        said = program.stdout.readline()
        assert said, (tmp_path / "here.log").read_text()
        group = int(said)
        before = alive(group)
        assert any("serve" in each for each in before)
        assert any("ewp work" in each for each in before)
    finally:
        os.kill(program.pid, signal.SIGKILL)
        program.communicate()
    until = time.monotonic() + LONG
    while (left := alive(group)) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == []
    assert free_ports(1, port) == [port]
