"""The Django app `rounds`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Rounds."""

    name = "goliard.apps.rounds"
    label = "rounds"
    verbose_name = _("Rounds")
