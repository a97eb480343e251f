"""`goliard serve`: the web server and the journal's sealer, started and stopped together."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading

import click

from goliard.cli.django_setup import setup

SEAL_EVERY = 60  # seconds
RESTART_AFTER = 5  # seconds


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes that answer requests.")
def command(host: str, port: int, workers: int) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    refuse_taken_port(host, port)
    setup()
    serve(host=host, port=port, workers=workers)


def refuse_taken_port(host: str, port: int) -> None:
    """Stop with one sentence where nothing can listen, before anything slow has begun."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(f"Nothing can listen on port {port} of {host} ({error.strerror}). Choose another port.") from error


def serve(*, host: str, port: int, workers: int = 2) -> None:
    """Answer requests with `workers` processes beside a sealer, both started again when they die; return when stopped."""
    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    server = Server(
        "goliard.project.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=4,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
    )
    sealer = Sealer()
    sealer.start()
    try:
        server.serve()
    finally:
        sealer.stop()


class Sealer:
    """The sealer's process, watched by a thread. It also ends by itself when this process is gone, however it went."""

    def __init__(self) -> None:
        self._command = (sys.executable, "-m", "goliard", "journal", "seal", "--every", str(SEAL_EVERY))
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = threading.Thread(target=self._watch, name="sealer", daemon=True)

    def start(self) -> None:
        """Start the process and the thread that watches it."""
        self._watcher.start()

    def stop(self) -> None:
        """Ask the process to seal what waits and to end; make it end after ten seconds."""
        self._stopping.set()
        with self._lock:
            process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
        self._watcher.join(timeout=10)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            with self._lock:
                if self._stopping.is_set():
                    return
                self._process = subprocess.Popen(self._command)  # noqa: S603 -- this very program
            self._process.wait()
            self._stopping.wait(RESTART_AFTER)
