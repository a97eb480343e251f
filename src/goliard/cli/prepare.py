"""`goliard prepare`: everything between an installed package and a server that answers."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click

from goliard.cli.django_setup import no_data_folder, setup

REFERENCE = Path(__file__).resolve().parents[1] / "demo" / "reference"


@click.command("prepare")
def command() -> None:
    """Compile translations, migrate the database, load the reference data into an empty one, collect static files."""
    prepare()


def prepare() -> None:
    """Do what is still to be done; a second call changes nothing and takes seconds."""
    compile_translations()
    setup()
    from django.core.management import call_command

    _data_folder()
    _step("database", lambda: call_command("migrate", verbosity=0))
    _step("reference data", load_reference)
    _step("static files", lambda: call_command("collectstatic", verbosity=0, interactive=False))


def compile_translations() -> None:
    """Compile the catalogues where the package's folder can be written; an installed wheel brings them compiled."""
    from goliard.project.translations import compile_catalogues

    try:
        compile_catalogues()
    except PermissionError:
        click.echo("translations: this folder is read-only; the compiled ones are used as they are", err=True)


def load_reference() -> None:
    """Load countries, regions and statuses into a database that has none.

    Where there are some, the office may have corrected them: a later release's file is for `goliard load`, after `--dry-run`.
    """
    from django.utils import timezone

    from goliard.apps.institutions.models import Country
    from goliard.apps.transfer.services.load import load_folder
    from goliard.rules.access.actor import system

    if not Country.objects.exists():
        load_folder(folder=REFERENCE, actor=system("prepare"), now=timezone.now())


def _data_folder() -> None:
    from django.conf import settings

    try:
        Path(settings.DATA).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.DATA):
            pass
    except OSError as error:
        raise no_data_folder(error) from error


def _step(name: str, work: Callable[[], object]) -> None:
    click.echo(f"{name}: ", nl=False)  # before the work, which takes ten seconds the first time
    sys.stdout.flush()
    started = time.monotonic()
    work()
    click.echo(f"ready ({time.monotonic() - started:.1f} s)")
