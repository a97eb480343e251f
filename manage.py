"""Django's own commands (makemigrations, shell) for developers; everybody else uses `goliard`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goliard.project.settings.demo")
    execute_from_command_line(sys.argv)
