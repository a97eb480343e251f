"""`goliard placements run`: the placements that the office asked for. What waits is a row; a killed worker loses nothing."""

from __future__ import annotations

import os
import socket

import click

from goliard.cli.companions import until_stopped
from goliard.cli.django_setup import setup


@click.group()
def command() -> None:
    """Compute the placements that wait."""


@command.command()
@click.option(
    "--every", type=click.IntRange(min=1), metavar="SECONDS", help="Go on until stopped, or until the process that started this one ends."
)
def run(every: int | None) -> None:
    """Compute what waits, one run after the other."""
    if every is None:
        setup()
        click.echo(f"{_run()} placements ended")
    else:
        until_stopped(every=every, work=_run, name="placements")


def _run() -> int:
    from django.utils import timezone

    from goliard.apps.placement.services.computing import compute_waiting

    return compute_waiting(worker=f"{socket.gethostname()}:{os.getpid()}", clock=timezone.now)
