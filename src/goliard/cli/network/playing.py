"""Start a registry and three universities, say where they are, and stop them again."""

from __future__ import annotations

import contextlib
import signal
import ssl
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import click

from goliard.cli.network.authority import ADDRESS, LocalTls, local_tls
from goliard.cli.network.processes import free_ports, goliard, running, wait_until_served
from goliard.cli.network.registry import PATH, Registry, serve_registry
from goliard.cli.network.universities import UNIVERSITIES, copy_prepared, environment
from goliard.cli.network.wrongbury.door import serve_wrongbury
from goliard.cli.network.wrongbury.node import NAME, Wrongbury
from goliard.ewp_codec.catalogue_documents import parse_catalogue

MANIFEST = "/ewp/manifest.xml"


def play(folder: Path, first: int) -> None:
    """Serve everything from `folder` until SIGTERM or Ctrl-C, on free ports from `first` on."""
    folder = folder.resolve()
    tls = local_tls(folder / "tls", datetime.now(UTC))
    registry_port, third_port, *ports = free_ports(2 + len(UNIVERSITIES), first)
    catalogue = f"https://{ADDRESS}:{registry_port}{PATH}"
    places = dict(zip((each.key for each in UNIVERSITIES), ports, strict=True))
    environments = {each.key: environment(each, folder, places[each.key], catalogue, tls) for each in UNIVERSITIES}
    password = prepare(folder, environments)
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    third = f"https://{ADDRESS}:{third_port}"
    manifests = [*(f"https://{ADDRESS}:{port}{MANIFEST}" for port in ports), f"{third}/manifest.xml"]
    with running(environments, places, tls, folder), registry_and_third(manifests, (registry_port, third_port), tls, folder):
        for manifest in manifests:
            wait_until_served(manifest, tls)
        for each in environments.values():
            goliard("goliard", "ewp", "catalogue", environment=each)
        _welcome(places, third, catalogue, password, folder)
        stopped.wait()
    click.echo("Stopped. The next start goes on where this one ended.")


@contextlib.contextmanager
def registry_and_third(manifests: Sequence[str], ports: tuple[int, int], tls: LocalTls, folder: Path) -> Iterator[Wrongbury]:
    """Serve the registry and the university that misbehaves from threads of this process while the block runs."""
    registry = Registry(manifests, tls)
    trust = ssl.create_default_context(cafile=str(tls.authority))
    node = Wrongbury(folder / "wrongbury", f"https://{ADDRESS}:{ports[1]}", lambda: parse_catalogue(registry.catalogue()).value, trust)
    servers = [serve_registry(registry, ports[0], tls), serve_wrongbury(node, ports[1], tls)]
    try:
        yield node
    finally:
        node.stop()
        for server in servers:
            server.shutdown()
            server.server_close()


def prepare(folder: Path, environments: dict[str, dict[str, str]]) -> str:
    """Make the installations that are not there yet: prepared once, copied, and each filled with its own university.

    Returns the password of the sign-ins.
    """
    prepared = folder / "prepared"
    new = [key for key in environments if not (folder / key / "goliard.sqlite3").exists()]
    if new:
        click.echo("Preparing installations (once, about half a minute)")
        goliard("goliard", "prepare", environment={**environments[new[0]], "GOLIARD_DATA": str(prepared)})

    def fill(key: str) -> str:
        if key in new:
            copy_prepared(prepared, folder / key)
        else:  # what a later release of Goliard brings
            goliard("goliard", "prepare", environment=environments[key])
        return goliard("goliard.cli.network.universities", key, environment=environments[key])

    with ThreadPoolExecutor() as beside:
        return list(beside.map(fill, environments))[-1]


def _welcome(places: dict[str, int], third: str, catalogue: str, password: str, folder: Path) -> None:
    click.echo(f"\nA network on this machine; everything in it is invented. Data and logs: {folder}")
    for each in UNIVERSITIES:
        address = f"https://{ADDRESS}:{places[each.key]}"
        click.echo(f"\n  {each.name} ({each.hei_id})\n    {address}/en/account/sign-in/")
    click.echo(f"\n  {NAME}, which answers by itself and misbehaves on request\n    {third}/")
    click.echo(f"\nSign in as officer@example.org with the password {password}. Registry: {catalogue}")
    click.echo(f"Your browser warns of a certificate that it does not know; the authority's is {folder / 'tls' / 'authority.pem'}")
    click.echo("docs/ewp/network.md tells how to play an agreement to approval. Ctrl-C stops everything.")
    sys.stdout.flush()
