"""The Django app `agreements`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Agreements."""

    name = "goliard.apps.agreements"
    label = "agreements"
    verbose_name = _("Agreements")
