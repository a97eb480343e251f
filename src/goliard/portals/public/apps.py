"""The Django app `portals_public`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Public site."""

    name = "goliard.portals.public"
    label = "portals_public"
    verbose_name = _("Public site")
