"""`goliard ewp network`: a registry and three universities over HTTPS on one machine, from nothing to two offices in the browser."""

from __future__ import annotations

from pathlib import Path

import click

FIRST_PORT = 8441


@click.command()
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), default=Path("var/network"), show_default=True, help="Keeps everything."
)
@click.option("--port", "first", default=FIRST_PORT, show_default=True, type=click.IntRange(1024, 65_000), help="The first port to try.")
def network(folder: Path, first: int) -> None:
    """Serve a registry, two invented universities and a third that misbehaves, until Ctrl-C; all keep their data."""
    from goliard.cli.network.playing import play  # here, so that the other commands start without servers and keys

    play(folder, first)
