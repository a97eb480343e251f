"""`goliard letters`: the postman, who sends what waits and loses or repeats nothing, and the reports of letters that came back."""

from __future__ import annotations

import os
import socket
from typing import BinaryIO

import click

from goliard.cli.companions import until_stopped
from goliard.cli.django_setup import setup


@click.group()
def command() -> None:
    """Send the letters that wait; read reports of those that came back."""


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


@command.command()
@click.argument("mails", nargs=-1, required=True, type=click.File("rb"))
def bounces(mails: tuple[BinaryIO, ...]) -> None:
    """Read reports of mail servers that a letter did not arrive, a mail a file; `-` reads what a mail server pipes."""
    setup()
    from django.utils import timezone

    from goliard.apps.messaging.bounce_reports import LARGEST, NoReport, read_report
    from goliard.apps.people.services.bounces import keep_report
    from goliard.rules.access.actor import system

    for mail in mails:
        try:
            reports = read_report(mail.read(LARGEST + 1))
        except NoReport as no_report:
            click.echo(f"{mail.name}: {no_report}; nothing was kept", err=True)
            continue
        kept = [keep_report(report=report, actor=system("mail"), now=timezone.now()) for report in reports]
        click.echo(f"{mail.name}: {sum(bounce is not None for bounce in kept)} of {len(reports)} new")


def _send() -> int:
    from django.utils import timezone

    from goliard.apps.messaging.services.sending import by_mail, mark_lost, send_due

    mark_lost(now=timezone.now())
    return send_due(worker=f"{socket.gethostname()}:{os.getpid()}", clock=timezone.now, send=by_mail)
