"""`goliard imports run`: what the office asked to import. What waits is a row in the database; a killed worker loses nothing."""

from __future__ import annotations

import os
import socket

import click

from goliard.cli.companions import until_stopped
from goliard.cli.django_setup import setup


@click.group()
def command() -> None:
    """Run the imports that wait."""


@command.command()
@click.option(
    "--every", type=click.IntRange(min=1), metavar="SECONDS", help="Go on until stopped, or until the process that started this one ends."
)
def run(every: int | None) -> None:
    """Import what waits, one file after the other."""
    if every is None:
        setup()
        click.echo(f"{_run()} imports ended")
    else:
        until_stopped(every=every, work=_run, name="imports")


def _run() -> int:
    from django.utils import timezone

    from goliard.apps.agreements.services.imports.runs import run_imports

    return run_imports(worker=f"{socket.gethostname()}:{os.getpid()}", clock=timezone.now)
