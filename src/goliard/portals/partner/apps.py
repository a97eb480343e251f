"""The Django app `portals_partner`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Partner page."""

    name = "goliard.portals.partner"
    label = "portals_partner"
    verbose_name = _("Partner page")
