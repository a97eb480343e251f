"""`goliard serve`: the web server, the journal's sealer, the postman, the importer and the placer, started and stopped together."""

from __future__ import annotations

import os
import signal
import socket
import threading
from pathlib import Path

import click

from goliard.cli.companions import Companion
from goliard.cli.django_setup import setup

SEAL_EVERY = 60  # seconds
SEND_EVERY = 20  # seconds
WORK_EVERY = 20  # seconds
IMPORT_EVERY = 2  # seconds: somebody waits for it
PLACE_EVERY = 2  # seconds: somebody waits for it
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes that answer requests.")
@click.option("--certificate", type=_FILE, help="Serve over TLS with this certificate (PEM) and its --key.")
@click.option("--key", type=_FILE, help="The private key of the certificate (PEM).")
@click.option(
    "--network-every",
    default=WORK_EVERY,
    show_default=True,
    type=click.IntRange(1, 300),
    help="Seconds between rounds of the network's worker.",
)
@click.option(
    "--until-input-ends", "follows_input", is_flag=True, help="Stop when standard input ends: with the program that started this."
)
def command(  # noqa: PLR0917 -- options of a command
    host: str, port: int, workers: int, certificate: Path | None, key: Path | None, network_every: int, *, follows_input: bool
) -> None:
    """Serve until SIGTERM or Ctrl-C."""
    if (certificate is None) != (key is None):
        raise click.UsageError("--certificate and --key go together.")
    refuse_taken_port(host, port)
    setup()
    if follows_input:
        threading.Thread(target=_stop_after_input, name="input", daemon=True).start()
    serve(host=host, port=port, workers=workers, certificate=certificate, key=key, network_every=network_every)


def _stop_after_input() -> None:
    """Whoever holds the other end of standard input may be killed without a word: the system closes that end all the same."""
    while os.read(0, 1024):  # not by sys.stdin, whose lock the worker processes would inherit
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def refuse_taken_port(host: str, port: int) -> None:
    """Stop with one sentence where nothing can listen, before anything slow has begun."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(f"Nothing can listen on port {port} of {host} ({error.strerror}). Choose another port.") from error


def serve(
    *,
    host: str,
    port: int,
    workers: int = 2,
    certificate: Path | None = None,
    key: Path | None = None,
    network_every: int = WORK_EVERY,
) -> None:
    """Answer requests with `workers` processes beside sealer, postman, importer and placer, started again when they die, until stopped."""
    from django.conf import settings
    from granian.constants import Interfaces, SSLProtocols
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
        ssl_cert=certificate,
        ssl_key=key,
        ssl_protocol_min=SSLProtocols.tls12,  # what partners of the network still speak
    )
    companions = [
        Companion("sealer", "journal", "seal", "--every", str(SEAL_EVERY)),
        Companion("postman", "letters", "send", "--every", str(SEND_EVERY)),
        Companion("importer", "imports", "run", "--every", str(IMPORT_EVERY)),
        Companion("placer", "placements", "run", "--every", str(PLACE_EVERY)),
    ]
    if settings.GOLIARD_EWP_URL:
        companions.append(Companion("network", "ewp", "work", "--every", str(network_every)))
    for companion in companions:
        companion.start()
    try:
        server.serve()
    finally:
        for companion in companions:
            companion.stop()
