"""The Django app `network`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """The network between institutions."""

    name = "goliard.apps.network"
    label = "network"
    verbose_name = _("Network")
