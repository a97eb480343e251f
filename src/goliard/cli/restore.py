"""`goliard restore FILE.tar`."""

from __future__ import annotations

from pathlib import Path

import click

from goliard.cli.backups import BackupRefused
from goliard.cli.django_setup import setup


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE.tar")
@click.option("--force", is_flag=True, help="Replace everything that this installation holds.")
def command(source: Path, force: bool) -> None:
    """Put a backup in place, all or nothing. Every hash is checked first."""
    setup()
    from goliard.cli.backups.bring_back import restore_backup

    try:
        backup = restore_backup(source, force=force)
    except BackupRefused as refusal:
        raise click.ClickException(f"{refusal} Nothing was changed.") from refusal
    click.echo(f"restored what was saved at {backup.manifest['made_at']}: database and {len(backup.files)} files")
    for name in backup.manifest["missing_files"]:
        click.echo(f"was missing or damaged when the backup was made: {name}", err=True)
