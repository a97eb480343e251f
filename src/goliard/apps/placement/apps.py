"""The Django app `placement`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Placement."""

    name = "goliard.apps.placement"
    label = "placement"
    verbose_name = _("Placement")
