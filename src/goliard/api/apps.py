"""The Django app `api`: templates and words of its guide; it owns no tables."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """API."""

    name = "goliard.api"
    label = "api"
    verbose_name = _("API")
