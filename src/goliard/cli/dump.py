"""`goliard dump FOLDER`: everything that an office maintains, as a folder that `goliard load` reads."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goliard.cli.django_setup import UNPREPARED, setup

REFUSED = {
    "nl": "{} is niet leeg; een dump schrijft alleen in een nieuwe of lege map.",
    "en": "{} is not empty; a dump writes into a new or empty folder only.",
}
WARNED = {"nl": "goliard load zal dit weigeren:", "en": "goliard load will refuse this:"}


@click.command("dump")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--lang", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Language of the report.")
def command(folder: Path, lang: str) -> None:
    """Write FOLDER (docs/folder-format.md). Loading it into an empty database gives the same again."""
    setup()
    from django.db import OperationalError, ProgrammingError

    from goliard.apps.transfer.services.dump import FolderNotEmpty, dump_folder

    try:
        report = dump_folder(folder=folder)
    except FolderNotEmpty:
        click.echo(REFUSED[lang].format(folder), err=True)
        sys.exit(1)
    except (OperationalError, ProgrammingError) as error:
        raise click.ClickException(f"{UNPREPARED[lang]} ({error})") from error
    for name, number in report.counts.items():
        click.echo(f"{name}: {number}")
    for fault in report.faults:
        click.echo(f"{WARNED[lang]} {fault.line(lang)}", err=True)
