"""Load Django for the commands that need the database."""

from __future__ import annotations

import os

UNPREPARED = {
    "nl": "De database is niet bereikbaar of nog niet ingericht; `goliard prepare` richt haar in.",
    "en": "The database cannot be reached, or is not prepared yet; `goliard prepare` prepares it.",
}


def setup() -> None:
    """Load Django with `DJANGO_SETTINGS_MODULE`, or the demonstration settings where none is named."""
    import django  # here, so that a family with one command of the database starts its other commands without Django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goliard.project.settings.demo")
    django.setup()
