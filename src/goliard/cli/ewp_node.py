"""`goliard ewp keys | manifest | catalogue | work`: our identity on the network, whom we trust there, and what the node does by itself."""

from __future__ import annotations

from typing import Any

import click

from goliard.cli.companions import until_stopped
from goliard.cli.django_setup import setup

USES = click.Choice(["client", "server"])


@click.group()
def keys() -> None:
    """Our signing keys: client keys sign what we ask, server keys what we answer."""


@keys.command(name="list")
def list_keys() -> None:
    """Print every published key: what it signs, its fingerprint, and from when until when."""
    setup()
    from django.utils import timezone

    from goliard.apps.network.queries import published_keys

    for key in published_keys(timezone.now()):
        until = f", leaves the manifest {key.published_until:%Y-%m-%d %H:%M} UTC" if key.published_until else ""
        click.echo(f"{key.use} {key.key_id} signs from {key.signs_from:%Y-%m-%d %H:%M} UTC{until}")


@keys.command(name="create")
@click.argument("uses", type=USES, nargs=-1)
def create_keys(uses: tuple[str, ...]) -> None:
    """Make the first key of each use (client, server; both where none is named)."""
    setup()
    from django.utils import timezone

    from goliard.apps.network.choices import KeyUse
    from goliard.apps.network.services.keys import KeyRefused, create_key
    from goliard.rules.access.actor import system

    for use in uses or ("client", "server"):
        try:
            key = create_key(use=KeyUse(use), actor=system("command"), now=timezone.now())
        except KeyRefused as refused:
            raise click.ClickException(str(refused)) from refused
        click.echo(f"{key.use} {key.key_id}")


@keys.command(name="rotate")
@click.argument("use", type=USES)
@click.option("--overlap", type=click.IntRange(min=0), default=24, show_default=True, metavar="HOURS", help="How long both are published.")
def rotate(use: str, overlap: int) -> None:
    """Publish a new key now, sign with it after the overlap, and withdraw the old one as long again after that."""
    setup()
    from datetime import timedelta

    from django.utils import timezone

    from goliard.apps.network.choices import KeyUse
    from goliard.apps.network.services.keys import KeyRefused, rotate_key
    from goliard.rules.access.actor import system

    try:
        key = rotate_key(use=KeyUse(use), actor=system("command"), now=timezone.now(), overlap=timedelta(hours=overlap))
    except KeyRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo(f"{key.use} {key.key_id} signs from {key.signs_from:%Y-%m-%d %H:%M} UTC")


@click.command()
def manifest() -> None:
    """Print our manifest, as the registry reads it."""
    setup()
    from django.utils import timezone

    from goliard.ewp_codec.writing import Unwritable
    from goliard.ewp_node.manifest import NoManifest, our_manifest

    try:
        click.echo(our_manifest(timezone.now()), nl=False)
    except (NoManifest, Unwritable) as missing:
        raise click.ClickException(str(missing)) from missing


@click.command()
@click.argument("source", required=False)
def catalogue(source: str | None) -> None:
    """Fetch the registry's catalogue from SOURCE (an https address or a file), or from GOLIARD_EWP_CATALOGUE."""
    setup()
    from django.conf import settings
    from django.utils import timezone

    from goliard.ewp_node.client.registry import RefreshFailed, refresh_catalogue
    from goliard.rules.access.actor import system

    wanted = source or settings.GOLIARD_EWP_CATALOGUE
    if not wanted:
        raise click.ClickException("name an https address or a file, or set GOLIARD_EWP_CATALOGUE")
    try:
        copy = refresh_catalogue(source=wanted, actor=system("command"), now=timezone.now())
    except RefreshFailed as failed:
        raise click.ClickException(str(failed)) from failed
    click.echo(f"{copy.institutions} institutions, {copy.sha256}")


@click.command()
@click.argument("url")
def check(url: str) -> None:
    """Test another node: its manifest at URL, and how its endpoints receive a stranger and (where we have a key) a partner.

    Prints one line a check. Exit code 1: something is wrong. Nothing is changed at the other side.
    """
    setup()
    from django.utils import timezone

    from goliard.apps.network.choices import KeyUse
    from goliard.ewp_node.client.checking import check_node
    from goliard.ewp_node.identity import key_for

    wrong = 0
    for each in check_node(url, key=_key_or_none(key_for, KeyUse.CLIENT, timezone.now()), now=timezone.now()):
        click.echo(str(each))
        wrong += bool(each.fault)
    click.echo(f"{wrong} wrong" if wrong else "nothing wrong")
    if wrong:
        raise SystemExit(1)


def _key_or_none(key_for: Any, use: Any, now: Any) -> Any:
    """Our client key; none where this machine has no database of ours."""
    from django.db import DatabaseError

    try:
        return key_for(use, now)
    except DatabaseError:
        return None


@click.command()
@click.option(
    "--every", type=click.IntRange(min=1), metavar="SECONDS", help="Go on until stopped, or until the process that started this one ends."
)
def work(every: int | None) -> None:
    """Publish what changed, notify partners, fetch what they notified, look through their indexes, refresh the catalogue."""
    if every is None:
        setup()
        click.echo(str(_work()))
    else:
        until_stopped(every=every, work=_work, name="network")


def _work() -> object:
    from django.utils import timezone

    from goliard.ewp_node.client.working import work as work_once

    return work_once(clock=timezone.now)
