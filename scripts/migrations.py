"""Are the migrations complete, and does Django's own system check find nothing? (part of `make check-static`)."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.core.management import call_command


def main() -> None:
    """Exit with a list of what is missing."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goliard.project.settings.test")
    django.setup()
    call_command("check", fail_level="WARNING")
    call_command("makemigrations", check=True, dry_run=True, verbosity=1)


if __name__ == "__main__":
    main()
