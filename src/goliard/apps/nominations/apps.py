"""The Django app `nominations`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Nominations."""

    name = "goliard.apps.nominations"
    label = "nominations"
    verbose_name = _("Nominations")
