"""`goliard load FOLDER`: bring the database in step with a folder, all or nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goliard.cli.django_setup import UNPREPARED, setup

TOLD = {
    "nl": ("De map is geladen.", "De map is niet geladen; er is niets veranderd."),
    "en": ("The folder is loaded.", "The folder was not loaded; nothing was changed."),
}


@click.command("load")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--lang", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Language of the report.")
def command(folder: Path, lang: str, *, dry_run: bool) -> None:
    """Load FOLDER (docs/folder-format.md): all of it, or nothing with every fault named by file, row and column."""
    setup()
    from django.db import OperationalError, ProgrammingError
    from django.utils import timezone

    from goliard.apps.transfer.faults import FolderRefused
    from goliard.apps.transfer.services.load import load_folder
    from goliard.rules.access.actor import system

    try:
        report = load_folder(folder=folder, actor=system("load"), now=timezone.now(), dry_run=dry_run)
    except FolderRefused as refused:
        for line in refused.lines(lang):
            click.echo(line, err=True)
        click.echo(TOLD[lang][1], err=True)
        sys.exit(1)
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(f"{UNPREPARED[lang]} ({error})") from error
    for line in report.lines(lang, details=dry_run):
        click.echo(line)
    if not dry_run:
        click.echo(TOLD[lang][0])
