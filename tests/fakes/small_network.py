"""`goliard ewp network` as a process of a test: two universities and a registry over HTTPS, stopped with the test that started it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue

START = 240.0  # seconds: a slow machine prepares two databases


@dataclass(frozen=True)
class SmallNetwork:
    """Where the universities answer, in their order, where the catalogue is, and the process that runs them."""

    offices: tuple[str, ...]
    third: str
    catalogue: str
    password: str
    folder: Path
    process: subprocess.Popen[str]

    @property
    def trust(self) -> ssl.SSLContext:
        """A context that trusts this network's authority."""
        return ssl.create_default_context(cafile=str(self.folder / "tls" / "authority.pem"))

    def stop(self) -> int:
        """End it as Ctrl-C does, and return its exit status."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(timeout=120)


@contextlib.contextmanager
def small_network(folder: Path, *words: str) -> Iterator[SmallNetwork]:
    """Start a network in a folder, and end it whatever happens."""
    command = [sys.executable, "-m", "goliard", "ewp", "network", "--folder", str(folder), *words]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GOLIARD_", "DJANGO_"))}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        text = _read_until(process, "Ctrl-C stops everything")
        yield SmallNetwork(
            offices=tuple(re.findall(r"(https://\S+)/en/account/sign-in/", text)),
            third=re.findall(r"(https://[0-9.:]+)/\n", text)[0],
            catalogue=re.findall(r"https://\S+\.xml", text)[0],
            password=re.findall(r"password (\S+)\.", text)[0],
            folder=folder,
            process=process,
        )
    finally:
        process.terminate()
        try:
            process.wait(timeout=120)
        finally:
            process.kill()
            process.communicate()


def _read_until(process: subprocess.Popen[str], last: str) -> str:
    """Return what a process says until a line says so; a thread reads on, so that the process is never stopped by a full pipe."""
    assert process.stdout is not None
    said: Queue[str] = Queue()

    def read() -> None:
        for line in process.stdout or ():
            said.put(line)
        said.put("")

    threading.Thread(target=read, daemon=True).start()
    lines: list[str] = []
    while not lines or last not in lines[-1]:
        try:
            line = said.get(timeout=START)
        except Empty:
            raise AssertionError(f"nothing more after {lines}") from None
        if not line:
            raise AssertionError(f"it ended: {''.join(lines)}")
        lines.append(line)
    return "".join(lines)
