"""The Django app `grants`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Grants and scholarships."""

    name = "goliard.apps.grants"
    label = "grants"
    verbose_name = _("Grants and scholarships")
