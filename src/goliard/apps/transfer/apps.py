"""The Django app `transfer`. It has no tables of its own."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Load and dump."""

    name = "goliard.apps.transfer"
    label = "transfer"
    verbose_name = _("Load and dump")
