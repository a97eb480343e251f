"""`goliard backup FILE.tar`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goliard.cli.backups import BackupRefused
from goliard.cli.django_setup import setup

MISSING = 3  # exit code: the backup was made, and files are missing from it


@click.command()
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.tar")
@click.option("--portable", is_flag=True, help="Write rows that SQLite and PostgreSQL can both read back.")
def command(target: Path, portable: bool) -> None:
    """Write database and files to one archive, while the server runs. Secret keys are not in it: keep them apart."""
    setup()
    from goliard.cli.backups.make import make_backup

    try:
        made = make_backup(target, portable=portable)
    except BackupRefused as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{target}: database and {made.files} files, {made.size} bytes")
    for name in made.missing:
        click.echo(f"missing or damaged: {name}", err=True)
    sys.exit(MISSING if made.missing else 0)
