"""The Django app `scoring`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class Config(AppConfig):
    """Scoring."""

    name = "goliard.apps.scoring"
    label = "scoring"
    verbose_name = _("Scoring")
