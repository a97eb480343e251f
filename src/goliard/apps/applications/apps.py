"""The Django app `applications`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Applications."""

    name = "goliard.apps.applications"
    label = "applications"
    verbose_name = _("Applications")
