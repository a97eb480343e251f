"""Load Django for the commands that need the database."""

from __future__ import annotations

import os

import click

UNPREPARED = {
    "nl": "De database is niet bereikbaar of nog niet ingericht; `goliard prepare` richt haar in.",
    "en": "The database cannot be reached, or is not prepared yet; `goliard prepare` prepares it.",
}


def setup() -> None:
    """Load Django with `DJANGO_SETTINGS_MODULE`, or the demonstration settings where none is named.

    Raises ClickException where the folder for the data, in which the settings keep their key, cannot be used.
    """
    import django  # here, so that a family with one command of the database starts its other commands without Django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goliard.project.settings.demo")
    try:
        django.setup()
    except OSError as error:
        raise no_data_folder(error) from error


def no_data_folder(error: OSError) -> click.ClickException:
    """Say where the data would be kept, and how to keep them elsewhere."""
    return click.ClickException(f"The folder for Goliard's data cannot be used: {error}. GOLIARD_DATA=/another/folder names another.")
