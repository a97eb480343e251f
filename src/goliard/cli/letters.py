"""`goliard letters send`: the postman. What waits is a row in the database; a killed postman loses nothing and repeats nothing."""

from __future__ import annotations

import os
import socket

import click

from goliard.cli.companions import until_stopped
from goliard.cli.django_setup import setup


@click.group()
def command() -> None:
    """Send the letters that wait."""


@command.command()
@click.option(
    "--every", type=click.IntRange(min=1), metavar="SECONDS", help="Go on until stopped, or until the process that started this one ends."
)
def send(every: int | None) -> None:
    """Send what is due; letters whose fate is unknown are marked, never repeated."""
    if every is None:
        setup()
        click.echo(f"{_send()} sent")
    else:
        until_stopped(every=every, work=_send, name="letters")


def _send() -> int:
    from django.utils import timezone

    from goliard.apps.messaging.services.sending import by_mail, mark_lost, send_due

    mark_lost(now=timezone.now())
    return send_due(worker=f"{socket.gethostname()}:{os.getpid()}", clock=timezone.now, send=by_mail)
