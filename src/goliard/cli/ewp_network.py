"""`goliard ewp network`: two universities and a registry over HTTPS on one machine, from nothing to two offices in the browser."""

from __future__ import annotations

import signal
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import click

from goliard.cli.network.authority import ADDRESS, local_tls
from goliard.cli.network.processes import FIRST_PORT, free_ports, goliard, running, wait_until_served
from goliard.cli.network.registry import PATH, Registry, serve_registry
from goliard.cli.network.universities import UNIVERSITIES, copy_prepared, environment

MANIFEST = "/ewp/manifest.xml"


@click.command()
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=Path("var/network"), show_default=True, help="Keeps everything."
)
@click.option("--port", "first", default=FIRST_PORT, show_default=True, type=click.IntRange(1024, 65_000), help="The first port to try.")
def network(folder: Path, first: int) -> None:
    """Serve two invented universities and a registry until Ctrl-C; each is a complete installation that keeps its data."""
    folder = folder.resolve()
    tls = local_tls(folder / "tls", datetime.now(UTC))
    ports = free_ports(1 + len(UNIVERSITIES), first)
    catalogue = f"https://{ADDRESS}:{ports[0]}{PATH}"
    places = dict(zip((each.key for each in UNIVERSITIES), ports[1:], strict=True))
    environments = {each.key: environment(each, folder, places[each.key], catalogue, tls) for each in UNIVERSITIES}
    password = prepare(folder, environments)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    registry = Registry([f"https://{ADDRESS}:{port}{MANIFEST}" for port in places.values()], tls)
    with running(environments, places, tls, folder):
        for port in places.values():
            wait_until_served(f"https://{ADDRESS}:{port}{MANIFEST}", tls)
        server = serve_registry(registry, ports[0], tls)
        try:
            for each in environments.values():
                goliard("goliard", "ewp", "catalogue", environment=each)
            _welcome(places, catalogue, password, folder)
            stopped.wait()
        finally:
            server.shutdown()
    click.echo("Stopped. The next start goes on where this one ended.")


def prepare(folder: Path, environments: dict[str, dict[str, str]]) -> str:
    """Make the installations that are not there yet: prepared once, copied, and each filled with its own university.

    Returns the password of the sign-ins.
    """
    password, prepared = "", folder / "prepared"
    new = [key for key in environments if not (folder / key / "goliard.sqlite3").exists()]
    if new:
        click.echo("Preparing installations (once, about half a minute)")
        goliard("goliard", "prepare", environment={**environments[new[0]], "GOLIARD_DATA": str(prepared)})
    for key, each in environments.items():
        if key in new:
            copy_prepared(prepared, folder / key)
        else:  # what a later release of Goliard brings
            goliard("goliard", "prepare", environment=each)
        password = goliard("goliard.cli.network.universities", key, environment=each)
    return password


def _welcome(places: dict[str, int], catalogue: str, password: str, folder: Path) -> None:
    click.echo(f"\nTwo universities of a network on this machine; everything about them is invented. Data and logs: {folder}")
    for each in UNIVERSITIES:
        address = f"https://{ADDRESS}:{places[each.key]}"
        click.echo(f"\n  {each.name} ({each.hei_id})\n    {address}/en/account/sign-in/")
    click.echo(f"\nSign in as officer@example.org with the password {password}. Registry: {catalogue}")
    click.echo(f"Your browser warns of a certificate that it does not know; the authority's is {folder / 'tls' / 'authority.pem'}")
    click.echo("docs/ewp/network.md tells how to play an agreement to approval. Ctrl-C stops everything.")
    sys.stdout.flush()
