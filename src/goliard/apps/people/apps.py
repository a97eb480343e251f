"""The Django app `people`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """People."""

    name = "goliard.apps.people"
    label = "people"
    verbose_name = _("People")
