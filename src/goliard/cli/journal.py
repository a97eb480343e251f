"""`goliard journal seal | verify | head`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from goliard.cli.companions import until_stopped
from goliard.cli.django_setup import setup

if TYPE_CHECKING:
    from goliard.apps.journal.verification import Verdict


@click.group()
def command() -> None:
    """Chain the journal, and check that it still says what was sealed."""


@command.command()
@click.option(
    "--every", type=click.IntRange(min=1), metavar="SECONDS", help="Go on until stopped, or until the process that started this one ends."
)
def seal(every: int | None) -> None:
    """Seal the entries that wait."""
    if every is None:
        setup()
        click.echo(f"{_seal()} sealed")
    else:
        until_stopped(every=every, work=_seal, name="sealer")


def _seal() -> int:
    from django.utils import timezone

    from goliard.apps.journal import sealing

    return sealing.seal(now=timezone.now())


@command.command()
@click.option("--head", "kept_head", default="", metavar="NUMBER:HASH", help="A head that `goliard journal head` printed earlier.")
def verify(kept_head: str) -> None:
    """Find changed, removed and reordered entries. Exit code 1 where something is wrong."""
    setup()
    from goliard.apps.journal import verification

    verdict = verification.verify(kept_head=kept_head)
    for finding in verdict.findings:
        click.echo(f"{finding.kind}: {finding.where}")
    click.echo(_summary(verdict))
    sys.exit(0 if verdict.is_whole else 1)


def _summary(verdict: Verdict) -> str:
    state = "whole" if verdict.is_whole else f"{len(verdict.findings)} findings"
    counts = f"{verdict.entries} entries in {verdict.seals} seals, {verdict.unsealed} unsealed, details of {verdict.erased} erased"
    return f"{state}: {counts}"


@command.command()
def head() -> None:
    """Print the newest seal. Keep the line elsewhere: with it, `verify --head` finds an end that was cut off."""
    setup()
    from goliard.apps.journal import queries

    newest = queries.head()
    if newest is None:
        raise click.ClickException("nothing is sealed yet")
    click.echo(str(newest))
