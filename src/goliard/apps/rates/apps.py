"""The Django app `rates`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Rates."""

    name = "goliard.apps.rates"
    label = "rates"
    verbose_name = _("Rates")
