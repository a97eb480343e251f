"""The processes of a network on one machine: started together, and ended together however this one ends."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from goliard.cli.network.authority import ADDRESS, LocalTls

EVERY = 2  # seconds between rounds of the workers: somebody watches
PATIENCE = 180.0  # seconds until a server must answer


def goliard(*words: str, environment: Mapping[str, str]) -> str:
    """Run a module of Goliard to its end and return what it printed. Raises ClickException where it fails."""
    command = [sys.executable, "-m", *words]
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True)  # noqa: S603 -- this very program
    if done.returncode:
        raise click.ClickException(f"{' '.join(words)} failed: {done.stderr}")
    return done.stdout.strip()


@contextlib.contextmanager
def running(environments: Mapping[str, Mapping[str, str]], ports: Mapping[str, int], tls: LocalTls, logs: Path) -> Iterator[None]:
    """Serve every installation while the block runs, each in a process group of its own; what they say goes into files in `logs`.

    Where this process is killed and cannot stop them, their standard input ends, and so do they.
    """
    started: list[subprocess.Popen[bytes]] = []
    try:
        for key, environment in environments.items():
            words = ["serve", "--port", str(ports[key]), "--workers", "1", "--network-every", str(EVERY)]
            words += ["--certificate", str(tls.certificate), "--key", str(tls.key), "--until-input-ends"]
            with (logs / f"{key}.log").open("ab") as log:
                command = [sys.executable, "-m", "goliard", *words]
                started.append(
                    subprocess.Popen(  # noqa: S603 -- this very program
                        command, env=environment, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
                    )
                )
        yield
    finally:
        for process in started:
            _tell(process, signal.SIGTERM)
        for process in started:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                click.echo(f"process {process.pid} does not stop: it is ended", err=True)
            _tell(process, signal.SIGKILL)  # and whatever it left behind in its group
            process.communicate()


def _tell(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def wait_until_served(url: str, tls: LocalTls) -> None:
    """Return when an address answers over TLS. Raises ClickException after three minutes."""
    context = ssl.create_default_context(cafile=str(tls.authority))
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10, context=context):  # noqa: S310 -- https of this machine
                return
        except OSError as failure:
            if time.monotonic() > until:
                raise click.ClickException(f"{url} does not answer: {failure}") from failure
            time.sleep(0.2)


def free_ports(number: int, first: int) -> list[int]:
    """Return so many ports of this machine on which nobody listens, the first ones from `first` on."""
    found: list[int] = []
    for port in range(first, 65_536):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((ADDRESS, port))
            found.append(port)
        if len(found) == number:
            return found
    raise click.ClickException(f"There are no {number} free ports from {first} on.")
