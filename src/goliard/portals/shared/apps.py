"""The Django app `portals_shared`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Shared screens."""

    name = "goliard.portals.shared"
    label = "portals_shared"
    verbose_name = _("Shared screens")
