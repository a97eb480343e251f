"""The Django app `portals_office`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Office."""

    name = "goliard.portals.office"
    label = "portals_office"
    verbose_name = _("Office")
