"""The Django app `funding`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Funding."""

    name = "goliard.apps.funding"
    label = "funding"
    verbose_name = _("Funding")
