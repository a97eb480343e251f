"""The Django app `institutions`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Institutions."""

    name = "goliard.apps.institutions"
    label = "institutions"
    verbose_name = _("Institutions")
