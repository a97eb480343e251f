"""Processes that run beside the server: started with it, watched, started again when they die, and ended with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable

import click

from goliard.cli.django_setup import setup

RESTART_AFTER = 5  # seconds


def until_stopped(*, every: int, work: Callable[[], object], name: str) -> None:
    """Do `work` every so many seconds until SIGTERM, Ctrl-C, or until the process that started this one is gone; and once on the way out.

    A database that is away for a minute stops nothing: what waits, waits in the database.
    """
    stopped = threading.Event()
    parent = os.getppid()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    setup()  # takes a second or more, and a server may be stopped within it
    while not stopped.wait(every) and os.getppid() == parent:
        _work_or_say_why(work, name)
    _work_or_say_why(work, name)


def _work_or_say_why(work: Callable[[], object], name: str) -> None:
    from django.db import Error, connection

    try:
        work()
    except Error as error:
        click.echo(f"{name}: {error}", err=True)
        connection.close()


class Companion:
    """A process beside the server, watched by a thread. It also ends by itself when this process is gone, however it went."""

    def __init__(self, name: str, *words: str) -> None:
        self._command = (sys.executable, "-m", "goliard", *words)
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher = threading.Thread(target=self._watch, name=name, daemon=True)

    def start(self) -> None:
        """Start the process and the thread that watches it."""
        self._watcher.start()

    def stop(self) -> None:
        """Ask the process to finish what it does and to end; make it end after ten seconds."""
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
